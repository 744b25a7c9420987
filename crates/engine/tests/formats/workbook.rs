//! Workbooks: XLSX (ECMA-376 part 1, 5th edition, 18) from a library that writes them, XLS from [`crate::xls_writer`].

use std::{collections::BTreeMap, path::Path};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use saldo_engine::{Import, Proof, ProofMethod};

use crate::{
    packing::zip,
    support::{amounts, asked, imported, refused},
    xls_writer::{self, Cell},
};

/// Lines of a preamble, a header and three movements with a running balance.
pub(crate) fn statement() -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("About").expect("a name").write(0, 0, "Made on 2024-02-01").expect("a cell");
    let sheet = workbook.add_worksheet().set_name("Movements").expect("a name");
    sheet.write(0, 0, "Account statement").expect("a cell");
    sheet.write(1, 0, "Currency:").expect("a cell");
    sheet.write(1, 1, "EUR").expect("a cell");
    for (column, header) in (1_u16..).zip(["Date", "Description", "Amount", "Balance"]) {
        sheet.write(3, column, header).expect("a cell");
    }
    let format = Format::new().set_num_format("dd.mm.yyyy");
    let rows = [(5, "Rent & heating", -700.1, 299.9), (8, "Sale", 0.1 + 0.2, 300.2), (9, "Fee", -12.345, 287.855)];
    for (row, (day, text, amount, balance)) in (4_u32..).zip(rows) {
        let date = ExcelDateTime::from_ymd(2024, 1, day).expect("a date");
        sheet.write_datetime_with_format(row, 1, &date, &format).expect("a cell");
        sheet.write(row, 2, text).expect("a cell");
        sheet.write(row, 3, amount).expect("a cell");
        sheet.write(row, 4, balance).expect("a cell");
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// The same table as a binary workbook.
pub(crate) fn old_statement() -> Vec<u8> {
    let header = ["Date", "Description", "Amount", "Currency"].map(Cell::Text);
    let row = |day: f64, text, amount| vec![Cell::Date(day), text, amount, Cell::Text("RUB")];
    xls_writer::workbook(&[
        header.into_iter().collect(),
        row(45_296.0, Cell::Text("Аренда"), Cell::Hundredths(-70_010)),
        row(45_299.0, Cell::Formula("Продажа"), Cell::Number(0.1 + 0.2)),
    ])
}

#[test]
fn the_sheet_with_movements_is_read_with_exact_numbers_and_the_lines_of_the_sheet() {
    let bytes = statement();
    let import = imported(&bytes);
    assert_eq!(amounts(&import), ["2024-01-05 -700.1000 EUR", "2024-01-08 0.3000 EUR", "2024-01-09 -12.3450 EUR"]);
    assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::RunningBalance });
    assert_eq!(&*import.transactions.to_vec()[0].description, "Rent & heating");
    assert_eq!((import.source.format, import.source.header_line, import.source.delimiter), ("xlsx", Some(4), None));
    assert_eq!((import.source.encoding.as_str(), import.source.size_bytes), ("", bytes.len() as u64));
    assert_eq!(import.transactions.to_vec()[2].line, 7);
    assert_eq!(amounts(&imported(&zip(&[("statement.xlsx", &bytes)]))), amounts(&import));
}

#[test]
fn a_binary_workbook_reads_texts_formulas_dates_and_both_kinds_of_numbers() {
    let import = imported(&old_statement());
    assert_eq!(amounts(&import), ["2024-01-05 -700.1 RUB", "2024-01-08 0.3 RUB"]);
    let rows = import.transactions.to_vec();
    let texts: Vec<&str> = rows.iter().map(|one| &*one.description).collect();
    assert_eq!((texts, import.source.format), (vec!["Аренда", "Продажа"], "xls"));
}

/// A sheet of texts and numbers.
fn sheet(rows: &[[&str; 3]]) -> Workbook {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell.strip_prefix('=').map(|number| number.parse::<f64>().expect("a number")) {
                Some(number) => sheet.write(row, column, number).expect("a cell"),
                None => sheet.write(row, column, *cell).expect("a cell"),
            };
        }
    }
    workbook
}

#[test]
fn dates_without_the_format_of_a_date_are_read_where_the_header_says_so() {
    let rows = [["Date", "Text", "Amount"], ["=45296", "Rent", "=-700"], ["=45299", "Sale", "=900.5"]];
    let import = imported(&sheet(&rows).save_to_buffer().expect("a workbook"));
    assert_eq!(amounts(&import), ["2024-01-05 -700.0 -", "2024-01-08 900.5 -"]);
}

#[test]
fn dates_written_as_text_leave_the_same_question_as_in_any_table() {
    let rows = [["Date", "Text", "Amount"], ["01/02/2024", "Rent", "=-700"], ["05/02/2024", "Sale", "=900.5"]];
    let question = asked(&sheet(&rows).save_to_buffer().expect("a workbook"));
    assert_eq!((question.reason, question.column.as_str()), ("DATE_ORDER_AMBIGUOUS", "Date"));
}

#[test]
fn a_table_in_parts_on_several_sheets_is_refused_with_their_names() {
    let mut workbook = Workbook::new();
    for name in ["January", "February"] {
        let sheet = workbook.add_worksheet().set_name(name).expect("a name");
        for (row, cells) in (0_u32..).zip([["Date", "Text", "Amount"], ["2024-01-05", "Rent", "-700.00"]]) {
            sheet.write_row(row, 0, cells).expect("a row");
        }
    }
    let error = refused(&workbook.save_to_buffer().expect("a workbook"));
    assert_eq!(error.reason.to_string(), "WORKBOOK_HOLDS_SEVERAL_TABLES");
    assert!(error.to_string().contains("January, February"), "{error}");
}

#[test]
fn workbooks_that_cannot_be_read_are_refused_with_a_reason() {
    let old = old_statement();
    for (bytes, reason) in [
        (old[..old.len() - 700].to_vec(), "WORKBOOK_DAMAGED"),
        (xls_writer::compound("EncryptedPackage", b""), "WORKBOOK_ENCRYPTED"),
        (xls_writer::compound("WordDocument", b""), "FORMAT_NOT_SUPPORTED"),
        (zip(&[("xl/workbook.xml", b"<workbook><sheets>")]), "WORKBOOK_DAMAGED"),
        (zip(&[("xl/workbook.xml", b"<workbook/>")]), "NOT_A_TABLE"),
        (zip(&[("xl/workbook.bin", b"")]), "FORMAT_NOT_SUPPORTED"),
        (zip(&[("word/document.xml", b"")]), "FORMAT_NOT_SUPPORTED"),
        (sheet(&[["Name", "Town", "Age"]]).save_to_buffer().expect("a workbook"), "NOT_A_TABLE"),
    ] {
        assert_eq!(refused(&bytes).reason.to_string(), reason);
    }
}

#[test]
fn what_a_workbook_claims_about_its_size_is_not_believed() {
    let strings = b"<sst uniqueCount=\"99999999999999\"><si><t>2024-01-05</t></si></sst>";
    let sheet =
        b"<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row><c t=\"s\"><v>0</v></c><c><v>-1.5</v></c>\
                  </row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData></worksheet>";
    let workbook = b"<workbook><sheets><sheet name=\"A\" r:id=\"1\"/></sheets></workbook>";
    let relations = b"<Relationships><Relationship Id=\"1\" Type=\"/worksheet\" Target=\"a.xml\"/>\
                      <Relationship Id=\"2\" Type=\"/sharedStrings\" Target=\"s.xml\"/></Relationships>";
    let bytes = zip(&[
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/a.xml", sheet),
        ("xl/s.xml", strings),
    ]);
    assert_eq!(refused(&bytes).reason.to_string(), "TOO_MANY_COLUMNS");
}

#[test]
fn a_real_binary_workbook_gives_the_movements_of_its_csv_twin() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/purchase-cards");
    let files = ["raw__publish-spend-april-2016.xls", "csv/publish-spend-april-2016.csv"].map(|name| folder.join(name));
    let [Ok(workbook), Ok(table)] = files.map(std::fs::read) else {
        eprintln!("skipped: the workbook and its twin are not in the corpus beside the repository");
        return;
    };
    let counted = |import: &Import| {
        let mut out = BTreeMap::<String, u32>::new();
        import.transactions.iter().for_each(|one| *out.entry(format!("{} {}", one.date, one.amount)).or_default() += 1);
        out
    };
    assert_eq!(counted(&imported(&workbook)), counted(&imported(&table)));
}
