//! Why a file cannot be analysed, each with a stable reason and what to do next.

use saldo_kernel::reasons::{self, Known};

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
    /// A message of a bank that holds no statement.
    #[error("the file is a message of a bank without a statement{}", said_after(said))]
    NoStatement {
        /// What the bank says, as in the file; empty if it says nothing.
        said: String,
    },
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
    /// A currency code for a file that states none, which is no code of ISO 4217.
    #[error("'{code}' is no currency code of ISO 4217")]
    CurrencyUnknown {
        /// As given.
        code: String,
    },
    /// The word lists compiled into the engine cannot be read: a defect of ours.
    #[error("the built-in word lists are damaged: {0}")]
    Words(String),
}

impl Error {
    /// The part that these errors belong to on the wire.
    pub const DOMAIN: &'static str = "saldo.analysis";

    /// The stable reason, with what to do next.
    fn reason(&self) -> &'static Known {
        match self {
            Self::Cancelled => &reasons::ANALYSIS_CANCELLED,
            Self::Io(_) | Self::Words(_) => &reasons::INTERNAL,
            Self::ScratchNotWritable(_) => &reasons::SCRATCH_NOT_WRITABLE,
            Self::ScratchNotReadable(_) => &reasons::SCRATCH_NOT_READABLE,
            Self::AmountOverflow => &reasons::AMOUNT_OVERFLOW,
            Self::Empty => &reasons::FILE_EMPTY,
            Self::Image(_) => &reasons::FILE_IS_IMAGE,
            Self::Pdf => &reasons::FILE_IS_PDF,
            Self::Binary(_) => &reasons::FILE_IS_BINARY,
            Self::FormatNotSupported(_) => &reasons::FORMAT_NOT_SUPPORTED,
            Self::NotATable => &reasons::NOT_A_TABLE,
            Self::NoStatement { .. } => &reasons::NO_STATEMENT,
            Self::NoDateColumn => &reasons::NO_DATE_COLUMN,
            Self::NoAmountColumn => &reasons::NO_AMOUNT_COLUMN,
            Self::AccountOfNoMoney { .. } => &reasons::ACCOUNT_OF_NO_MONEY,
            Self::LineTooLong { .. } => &reasons::LINE_TOO_LONG,
            Self::TooManyColumns { .. } => &reasons::TOO_MANY_COLUMNS,
            Self::TooManyRows { .. } => &reasons::TOO_MANY_ROWS,
            Self::ArchiveHoldsSeveralFiles { .. } => &reasons::ARCHIVE_HOLDS_SEVERAL_FILES,
            Self::ArchiveTooLarge { .. } => &reasons::ARCHIVE_TOO_LARGE,
            Self::ArchiveEncrypted => &reasons::ARCHIVE_ENCRYPTED,
            Self::ArchiveDamaged => &reasons::ARCHIVE_DAMAGED,
            Self::ArchiveNested => &reasons::ARCHIVE_NESTED,
            Self::Damaged { .. } => &reasons::FILE_DAMAGED,
            Self::WorkbookTooLarge { .. } => &reasons::WORKBOOK_TOO_LARGE,
            Self::WorkbookEncrypted => &reasons::WORKBOOK_ENCRYPTED,
            Self::WorkbookDamaged => &reasons::WORKBOOK_DAMAGED,
            Self::WorkbookHoldsSeveralTables { .. } => &reasons::WORKBOOK_HOLDS_SEVERAL_TABLES,
            Self::TooManyGroups { .. } => &reasons::TOO_MANY_GROUPS,
            Self::ColumnNotFound { .. } => &reasons::COLUMN_NOT_FOUND,
            Self::ColumnOfNoTable { .. } => &reasons::COLUMN_OF_NO_TABLE,
            Self::CurrencyUnknown { .. } => &reasons::CURRENCY_UNKNOWN,
            Self::CutOff { .. } => &reasons::FILE_CUT_OFF,
        }
    }
}

fn said_after(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!(", which says: {said}") }
}

impl From<Error> for saldo_kernel::Error {
    fn from(error: Error) -> Self {
        let out = Self::known(error.reason(), Error::DOMAIN, error.to_string());
        match error {
            Error::Image(what) | Error::Binary(what) | Error::FormatNotSupported(what) => out.with("recognized", what),
            Error::AccountOfNoMoney { account } => out.with("account", account),
            Error::NoStatement { said } => out.with("said", said),
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
            Error::CurrencyUnknown { code } => out.with("currency", code),
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
