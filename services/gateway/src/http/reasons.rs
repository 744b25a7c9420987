//! Every reason that a client of the server may meet: for the OpenAPI document and the reference. A test of the house
//! holds it against the code.

/// One stable reason.
pub(crate) struct Known {
    pub(crate) status: u16,
    pub(crate) name: &'static str,
    /// What it means; the hint of each problem says what to do.
    pub(crate) says: &'static str,
    /// Only an upload meets it.
    pub(crate) of_upload: bool,
}

/// By status.
pub(crate) const REASONS: &[Known] = &[
    any(400, "REQUEST_INVALID", "a field is not as the contract asks; `violations` names each"),
    any(400, "UPLOAD_BROKEN_OFF", "the body ended before its end"),
    any(400, "ENCODING_INVALID", "the body cannot be unpacked as its Content-Encoding says"),
    any(400, "BODY_NOT_READ", "the body cannot be read"),
    upload(400, "QUERY_INVALID", "a query parameter that is not known, or not of its type"),
    upload(400, "FORM_INVALID", "the form has no file, or something else in it"),
    upload(400, "CORRECTIONS_INVALID", "the field `corrections` is no list of corrections"),
    upload(400, "CORRECTION_INVALID", "a correction without letters"),
    upload(400, "TOO_MANY_FILES", "more files than one analysis takes"),
    any(401, "SIGN_IN_REQUIRED", "the method needs a signed-in caller"),
    any(403, "METHOD_INTERNAL", "the method is for the services of Saldo"),
    any(404, "PATH_UNKNOWN", "there is nothing at the path"),
    any(405, "METHOD_NOT_ALLOWED", "the path does not know the HTTP method"),
    any(405, "METHOD_UNKNOWN", "there is no such gRPC method"),
    any(408, "REQUEST_STALLED", "the body stopped arriving, or arrived too slowly"),
    any(413, "BODY_NOT_READ", "the body is larger than `gateway.max_body_bytes`"),
    upload(413, "FILE_TOO_LARGE", "the file is larger than the server takes; `limit_bytes` says how large it may be"),
    upload(413, "LINE_TOO_LONG", "a line is longer than 1 MB; `line` says which"),
    upload(413, "TOO_MANY_COLUMNS", "a row has more than 1,024 columns; `line` says which"),
    upload(413, "TOO_MANY_ROWS", "the file has more rows than are read"),
    upload(413, "ARCHIVE_TOO_LARGE", "an archive unpacks to more than a statement would"),
    upload(413, "WORKBOOK_TOO_LARGE", "a sheet of a workbook has too many cells"),
    any(415, "ENCODING_NOT_ACCEPTED", "a Content-Encoding other than gzip and zstd"),
    any(415, "CONTENT_TYPE_NOT_ACCEPTED", "a body of a type that is not taken here"),
    upload(422, "FILE_EMPTY", "no bytes, or white space only"),
    upload(422, "FILE_IS_IMAGE", "a picture"),
    upload(422, "FILE_IS_PDF", "a PDF document"),
    upload(422, "FILE_IS_BINARY", "neither text nor a format that is known"),
    upload(422, "FORMAT_NOT_SUPPORTED", "a format that is known and not read yet"),
    upload(422, "NOT_A_TABLE", "text without a table of dates and amounts"),
    upload(422, "NO_DATE_COLUMN", "a table without a column of dates"),
    upload(422, "NO_AMOUNT_COLUMN", "a table without a column of amounts"),
    upload(422, "ACCOUNT_OF_NO_MONEY", "the card of an account whose entries are no money that comes in or goes out"),
    upload(422, "FILE_CUT_OFF", "the file ends in the middle of something; `line` says where it starts"),
    upload(422, "FILE_DAMAGED", "a document that is not well formed; `line` says where"),
    upload(422, "AMOUNT_OVERFLOW", "amounts too large to be added up exactly"),
    upload(422, "ARCHIVE_HOLDS_SEVERAL_FILES", "a zip archive of several files"),
    upload(422, "ARCHIVE_ENCRYPTED", "an archive with a password"),
    upload(422, "ARCHIVE_DAMAGED", "an archive that cannot be unpacked"),
    upload(422, "ARCHIVE_NESTED", "an archive in an archive"),
    upload(422, "WORKBOOK_ENCRYPTED", "a workbook with a password"),
    upload(422, "WORKBOOK_DAMAGED", "a workbook whose parts do not fit together"),
    upload(422, "WORKBOOK_HOLDS_SEVERAL_TABLES", "movements on several sheets of a workbook"),
    upload(422, "DATE_ORDER_AMBIGUOUS and other questions", "the file has two readings; `question` says which"),
    any(429, "RATE_LIMITED", "too many requests from one address"),
    upload(499, "ANALYSIS_CANCELLED", "the caller went away"),
    upload(499, "ANSWER_NOT_READ", "the caller took nothing of the answer"),
    any(500, "INTERNAL", "a fault of Saldo; the trace id names it"),
    any(503, "SERVICE_UNAVAILABLE", "a part of Saldo does not answer"),
    any(503, "SHUTTING_DOWN", "the server is stopping"),
    upload(503, "SERVER_BUSY", "as many analyses are under way as the server takes"),
    upload(503, "SPOOL_FULL", "the files that are being analysed leave no room"),
    upload(503, "SPOOL_NOT_WRITABLE", "the server cannot keep the file while it is analysed"),
    upload(503, "SCRATCH_NOT_WRITABLE", "the server has no room for what it works out"),
    upload(503, "SCRATCH_NOT_READABLE", "what was worked out cannot be read back"),
    any(504, "FORECAST_TIMED_OUT", "the forecast took longer than it may"),
    upload(504, "ANALYSIS_TIMED_OUT", "the analysis took longer than `analysis.timeout_seconds`"),
];

const fn any(status: u16, name: &'static str, says: &'static str) -> Known {
    Known { status, name, says, of_upload: false }
}

const fn upload(status: u16, name: &'static str, says: &'static str) -> Known {
    Known { status, name, says, of_upload: true }
}
