//! Pages of HTML and SpreadsheetML, which banks serve as workbooks: HTML 5, section 4.9 (tables), and the XML Spreadsheet
//! Reference of Office 2003 (Row, Cell, Data).

use saldo_engine::Import;

use crate::support::{amounts, imported, refused};

fn page(rows: &str) -> String {
    format!(
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><style>td {{ mso: \"<b>\" }}</style></head>\n<body>\
         <!-- <table><tr><td>2024-01-01</td><td>9.99</td></tr></table> --><TABLE border=1>\n<tr><td>Account</td><td>1234</td></tr>\n\
         <tr><th>Date</th><th>Text</th><th>Amount</th><th>Balance</th></tr>\n{rows}</TABLE></body></html>"
    )
}

fn texts(import: &Import) -> Vec<String> {
    import.transactions.iter().map(|one| format!("{} {}", one.date, one.description)).collect()
}

#[test]
fn a_page_that_is_served_as_a_workbook_is_read_as_a_table() {
    let import = imported(
        page(
            "<tr><td rowspan=\"2\">05.01.2024</td><td>Caf&eacute; &amp; Bar<br>Centre</td><td>-10,50</td><td>&nbsp;89,50</td></tr>\n\
             <tr><td>Shop</td><td>-1.010,00</td><td>-920,50</td>\n\
             <tr><td>07.01.2024</td><td colspan=1>Salary</td><td>2.000,00</td><td>1.079,50</td></tr>\n",
        )
        .as_bytes(),
    );
    assert_eq!(amounts(&import), ["2024-01-05 -10.50 -", "2024-01-05 -1010.00 -", "2024-01-07 2000.00 -"]);
    assert_eq!(texts(&import), ["2024-01-05 Caf&eacute; & Bar Centre", "2024-01-05 Shop", "2024-01-07 Salary"]);
    assert_eq!((import.source.format, import.source.header_line), ("xls", Some(2)));
    assert!(matches!(import.proof, saldo_engine::Proof::Reconciled { .. }));
}

#[test]
fn a_page_without_movements_is_refused_by_its_name_and_one_that_is_cut_off_as_such() {
    let login = b"<!DOCTYPE html><html><body><table><tr><td>Please sign in</td></tr></table></body></html>";
    assert_eq!(refused(login).reason.to_string(), "FORMAT_NOT_SUPPORTED");
    let whole = page("<tr><td>05.01.2024</td><td>A</td><td>-10,50</td><td>1,00</td></tr>");
    let cut = whole.split("</TABLE>").next().unwrap_or_default();
    assert_eq!(refused(cut.as_bytes()).reason.to_string(), "FILE_CUT_OFF");
}

#[test]
fn spreadsheetml_reads_cells_where_they_stand_and_numbers_as_they_are_shown() {
    let row = |cells: &str| format!("<Row ss:Height=\"12\">{cells}</Row>\n");
    let text = |text: &str| format!("<Cell><Data ss:Type=\"String\">{text}</Data></Cell>");
    let number = |number: &str| format!("<Cell ss:Index=\"4\"><Data ss:Type=\"Number\">{number}</Data></Cell>");
    let day =
        |day: &str| format!("<Cell ss:StyleID=\"s1\"><Data ss:Type=\"DateTime\">{day}T00:00:00.000</Data></Cell>");
    let sheet = |name: &str, rows: &str| format!("<Worksheet ss:Name=\"{name}\"><Table>{rows}</Table></Worksheet>\n");
    let rows = [
        row(&[text("Date"), text("Text"), text("Kind"), text("Amount")].concat()),
        row(&[day("2024-01-05"), text("Books &amp; more"), number("-10.250000000000002")].concat()),
        row(&[day("2024-01-07"), text("Salary"), number("2000")].concat()),
    ];
    let file = format!(
        "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n\
         <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\n{}{}</Workbook>",
        sheet("Notes", &row(&text("Nothing"))),
        sheet("Statement", &rows.concat()),
    );
    let import = imported(file.as_bytes());
    assert_eq!(amounts(&import), ["2024-01-05 -10.25 -", "2024-01-07 2000.00 -"]);
    assert_eq!(texts(&import), ["2024-01-05 Books & more", "2024-01-07 Salary"]);
    assert_eq!(refused(file.trim_end_matches("</Workbook>").as_bytes()).reason.to_string(), "FILE_CUT_OFF");
}
