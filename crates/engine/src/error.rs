//! Why a file cannot be analysed, each with a stable reason and what to do next.

use saldo_kernel::{Kind, Reason};

/// Why a file cannot be analysed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The [`crate::Watch`] stopped the work.
    #[error("the analysis was stopped")]
    Cancelled,
    /// The spooled file could not be read back.
    #[error("the file could not be read from the disk")]
    Io(#[from] std::io::Error),
    /// The scratch folder takes no file, or no more bytes.
    #[error("the folder for large files cannot be written ({0})")]
    ScratchNotWritable(std::io::Error),
    /// What was kept in the scratch folder could not be read back.
    #[error("what was kept in the folder for large files cannot be read back ({0})")]
    ScratchNotReadable(std::io::Error),
    /// Amounts so large that their sum cannot be kept exactly.
    #[error("the amounts are too large to be added up exactly")]
    AmountOverflow,
    /// No bytes, or only white space.
    #[error("the file is empty")]
    Empty,
    /// A picture; the name of its format.
    #[error("the file is a picture ({0})")]
    Image(&'static str),
    /// A PDF document.
    #[error("the file is a PDF document")]
    Pdf,
    /// Neither text nor a container that is known; what it seems to be.
    #[error("the file is not text ({0})")]
    Binary(&'static str),
    /// A format that is known but cannot be read yet; its name.
    #[error("the file is {0}, which cannot be read yet")]
    FormatNotSupported(&'static str),
    /// Text in which no rows and columns are found.
    #[error("the file holds text, but no table with dates and amounts")]
    NotATable,
    /// A table in which no column holds dates.
    #[error("no column of the table holds dates")]
    NoDateColumn,
    /// A table in which no column holds amounts.
    #[error("no column of the table holds amounts of money")]
    NoAmountColumn,
    /// The card of an account of books that is none of money, income or expenses; its number or name.
    #[error("the file is the card of account {account}, whose entries are no money that comes in or goes out")]
    AccountOfNoMoney {
        /// As in the file, at most three.
        account: String,
    },
    /// A row longer than the limit.
    #[error("line {line} is longer than {limit} bytes")]
    LineTooLong {
        /// Where the row starts, from 1.
        line: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// A row with more fields than the limit.
    #[error("line {line} has more than {limit} columns")]
    TooManyColumns {
        /// The row, from 1.
        line: u64,
        /// The limit.
        limit: u64,
    },
    /// More rows than the limit.
    #[error("the file has more than {limit} rows")]
    TooManyRows {
        /// The limit.
        limit: u64,
    },
    /// The file ends in the middle of something.
    #[error("the file ends in the middle of what starts at line {line}")]
    CutOff {
        /// Where the unfinished part starts, from 1.
        line: u64,
    },
    /// A zip archive of several files; the first of their names.
    #[error("the archive holds several files: {}", names.join(", "))]
    ArchiveHoldsSeveralFiles {
        /// As in the archive, at most five.
        names: Vec<String>,
    },
    /// An archive that unpacks to more than the limit, or to many times its size.
    #[error("the archive unpacks to more than {limit} bytes or to far more than a statement would")]
    ArchiveTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// An archive with a password.
    #[error("the archive is encrypted")]
    ArchiveEncrypted,
    /// An archive that cannot be unpacked to its end.
    #[error("the archive is damaged or incomplete")]
    ArchiveDamaged,
    /// An archive inside an archive.
    #[error("the archive holds another archive")]
    ArchiveNested,
    /// A document whose parts do not fit together.
    #[error("the file is damaged at line {line}: it is no well-formed document")]
    Damaged {
        /// Where reading stopped, from 1.
        line: u64,
    },
    /// A workbook with more cells than the limit.
    #[error("a sheet of the workbook has more than {limit} cells or too much text")]
    WorkbookTooLarge {
        /// The limit.
        limit: u64,
    },
    /// A workbook with a password.
    #[error("the workbook is encrypted")]
    WorkbookEncrypted,
    /// A workbook whose parts do not fit together.
    #[error("the workbook is damaged or incomplete")]
    WorkbookDamaged,
    /// A workbook with the same table on several sheets; the first of their names.
    #[error("several sheets of the workbook hold movements: {}", names.join(", "))]
    WorkbookHoldsSeveralTables {
        /// At most five.
        names: Vec<String>,
    },
    /// More groups than are kept.
    #[error("the rows fall into more than {limit} groups")]
    TooManyGroups {
        /// The limit.
        limit: u64,
    },
    /// A column to group by that the file does not have, or has several times.
    #[error("the table has no single column '{column}'; its columns are: {}", columns.join(", "))]
    ColumnNotFound {
        /// As asked for.
        column: String,
        /// The headers of the file.
        columns: Vec<String>,
    },
    /// A column to group by, in a file that is no delimited table.
    #[error("rows of this file cannot be grouped by the column '{column}': it is no table of delimited text")]
    ColumnOfNoTable {
        /// As asked for.
        column: String,
    },
    /// The word lists compiled into the engine cannot be read: a defect of ours.
    #[error("the built-in word lists are damaged: {0}")]
    Words(String),
}

impl Error {
    /// The part that these errors belong to on the wire.
    pub const DOMAIN: &'static str = "saldo.analysis";

    /// Kind, stable reason and what to do next.
    fn row(&self) -> (Kind, &'static str, Option<&'static str>) {
        match self {
            Self::Cancelled => (Kind::Cancelled, "ANALYSIS_CANCELLED", None),
            Self::Io(_) | Self::Words(_) => (Kind::Internal, "INTERNAL", None),
            Self::ScratchNotWritable(_) => (Kind::Unavailable, "SCRATCH_NOT_WRITABLE", Some(SCRATCH)),
            Self::ScratchNotReadable(_) => (Kind::Unavailable, "SCRATCH_NOT_READABLE", Some(SCRATCH)),
            Self::AmountOverflow => (
                Kind::Unreadable,
                "AMOUNT_OVERFLOW",
                Some("Check the amounts of the file: they are beyond any currency."),
            ),
            Self::Empty => (Kind::Unreadable, "FILE_EMPTY", Some("Export the statement again and check its size.")),
            Self::Image(_) => (Kind::Unreadable, "FILE_IS_IMAGE", Some(EXPORT)),
            Self::Pdf => (Kind::Unreadable, "FILE_IS_PDF", Some(EXPORT)),
            Self::Binary(_) => (Kind::Unreadable, "FILE_IS_BINARY", Some(EXPORT)),
            Self::FormatNotSupported(_) => (Kind::Unreadable, "FORMAT_NOT_SUPPORTED", Some(EXPORT)),
            Self::NotATable => (Kind::Unreadable, "NOT_A_TABLE", Some(EXPORT)),
            Self::NoDateColumn => (
                Kind::Unreadable,
                "NO_DATE_COLUMN",
                Some("Check that the table has a column with whole dates (day, month and year)."),
            ),
            Self::NoAmountColumn => (
                Kind::Unreadable,
                "NO_AMOUNT_COLUMN",
                Some("Check that the table has an amount column, or a debit and a credit column, with a header line."),
            ),
            Self::AccountOfNoMoney { .. } => (
                Kind::Unreadable,
                "ACCOUNT_OF_NO_MONEY",
                Some("Export the card of a cash or bank account, or the journal of all entries."),
            ),
            Self::LineTooLong { .. } => (
                Kind::TooLarge,
                "LINE_TOO_LONG",
                Some("A quotation mark that is never closed makes one line of many; correct it or export again."),
            ),
            Self::TooManyColumns { .. } => {
                (Kind::TooLarge, "TOO_MANY_COLUMNS", Some("Export one table with one row for each movement."))
            }
            Self::TooManyRows { .. } => {
                (Kind::TooLarge, "TOO_MANY_ROWS", Some("Split the file by year and upload the parts."))
            }
            Self::ArchiveHoldsSeveralFiles { .. } => (
                Kind::Unreadable,
                "ARCHIVE_HOLDS_SEVERAL_FILES",
                Some("Unpack the archive and upload the statements one by one."),
            ),
            Self::ArchiveTooLarge { .. } => {
                (Kind::TooLarge, "ARCHIVE_TOO_LARGE", Some("Unpack the archive and upload the statement itself."))
            }
            Self::ArchiveEncrypted => (
                Kind::Unreadable,
                "ARCHIVE_ENCRYPTED",
                Some("Unpack the archive with its password and upload the statement itself."),
            ),
            Self::ArchiveDamaged => {
                (Kind::Unreadable, "ARCHIVE_DAMAGED", Some("Download the archive again and check that it unpacks."))
            }
            Self::ArchiveNested => {
                (Kind::Unreadable, "ARCHIVE_NESTED", Some("Unpack the archive and upload the statement inside."))
            }
            Self::Damaged { .. } => (
                Kind::Unreadable,
                "FILE_DAMAGED",
                Some("Download the statement again; if it is the same, ask the bank for another format."),
            ),
            Self::WorkbookTooLarge { .. } => (
                Kind::TooLarge,
                "WORKBOOK_TOO_LARGE",
                Some("Save the sheet with the movements as CSV and upload that."),
            ),
            Self::WorkbookEncrypted => {
                (Kind::Unreadable, "WORKBOOK_ENCRYPTED", Some("Save the workbook without a password and upload that."))
            }
            Self::WorkbookDamaged => (
                Kind::Unreadable,
                "WORKBOOK_DAMAGED",
                Some("Open the workbook in a spreadsheet program, save it again and upload that."),
            ),
            Self::WorkbookHoldsSeveralTables { .. } => (
                Kind::Unreadable,
                "WORKBOOK_HOLDS_SEVERAL_TABLES",
                Some("Copy the rows to one sheet, or save each sheet as a file of its own and upload them one by one."),
            ),
            Self::TooManyGroups { .. } => (
                Kind::TooLarge,
                "TOO_MANY_GROUPS",
                Some(
                    "Group by fewer keys, or by ones that more rows share: month instead of day, category instead of counterparty.",
                ),
            ),
            Self::ColumnNotFound { .. } => {
                (Kind::InvalidArgument, "COLUMN_NOT_FOUND", Some("Name one of the file's columns as its header does."))
            }
            Self::ColumnOfNoTable { .. } => (
                Kind::InvalidArgument,
                "COLUMN_OF_NO_TABLE",
                Some("Group by month, account, counterparty and the like, or save the table as CSV."),
            ),
            Self::CutOff { .. } => (
                Kind::Unreadable,
                "FILE_CUT_OFF",
                Some(
                    "Download the statement again; if it is the same, look for a quotation mark that is never closed.",
                ),
            ),
        }
    }
}

const SCRATCH: &str = "Try again with more free space in the temporary folder; on a server that is analysis.spool_dir.";
const EXPORT: &str = "Export the statement from the bank as CSV or OFX and upload that file.";

impl From<Error> for saldo_kernel::Error {
    fn from(error: Error) -> Self {
        let (kind, reason, hint) = error.row();
        let mut out = Self::new(kind, Error::DOMAIN, Reason::new(reason), error.to_string());
        out.hint = hint.map(str::to_owned);
        match error {
            Error::Image(what) | Error::Binary(what) | Error::FormatNotSupported(what) => out.with("recognized", what),
            Error::AccountOfNoMoney { account } => out.with("account", account),
            Error::LineTooLong { line, limit } | Error::TooManyColumns { line, limit } => {
                out.with("line", line).with("limit", limit)
            }
            Error::ArchiveHoldsSeveralFiles { names } => out.with("files", names.join(", ")),
            Error::WorkbookHoldsSeveralTables { names } => out.with("sheets", names.join(", ")),
            Error::TooManyRows { limit } | Error::ArchiveTooLarge { limit } | Error::WorkbookTooLarge { limit } => {
                out.with("limit", limit)
            }
            Error::TooManyGroups { limit } => out.with("limit", limit),
            Error::ColumnNotFound { column, .. } | Error::ColumnOfNoTable { column } => out.with("column", column),
            Error::CutOff { line } | Error::Damaged { line } => out.with("line", line),
            Error::Io(cause) | Error::ScratchNotWritable(cause) | Error::ScratchNotReadable(cause) => {
                out.caused_by(cause)
            }
            Error::Cancelled
            | Error::AmountOverflow
            | Error::Empty
            | Error::Pdf
            | Error::NotATable
            | Error::NoDateColumn
            | Error::NoAmountColumn
            | Error::ArchiveEncrypted
            | Error::ArchiveDamaged
            | Error::ArchiveNested
            | Error::WorkbookEncrypted
            | Error::WorkbookDamaged
            | Error::Words(_) => out,
        }
    }
}
