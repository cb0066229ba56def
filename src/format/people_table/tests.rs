//! From bytes to rows.

use proptest::prelude::*;
use time::macros::date;

use super::*;
use crate::domain::Date;

pub(super) const TODAY: Date = date!(2026 - 11 - 24);

pub(super) fn table(text: &str) -> Table {
    read_table(text.as_bytes()).expect("a table")
}

/// Cells by row, with the line of each.
fn rows_of(text: &str) -> Vec<(usize, Vec<String>)> {
    let rows = table(text).rows.into_iter();
    rows.map(|row| (row.line, row.cells)).collect()
}

fn row(line: usize, cells: &[&str]) -> (usize, Vec<String>) {
    (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

/// A text in UTF-16 with its mark.
fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(bytes).collect()
}

#[test]
fn every_encoding_that_spreadsheets_write_is_read() {
    let text = "Nama;Alamat\r\nSiti Nur’aini;Gg. Café 7\r\n";
    let wanted = table(text);
    assert_eq!(wanted.rows[1].cells, ["Siti Nur’aini", "Gg. Café 7"]);
    let with_mark = format!("\u{feff}{text}").into_bytes();
    let windows = b"Nama;Alamat\r\nSiti Nur\x92aini;Gg. Caf\xE9 7\r\n".to_vec();
    for bytes in [
        with_mark,
        windows,
        utf16(text, u16::to_le_bytes),
        utf16(text, u16::to_be_bytes),
    ] {
        assert_eq!(read_table(&bytes), Ok(wanted.clone()));
    }
}

#[test]
fn what_is_no_text_is_named() {
    for (bytes, error) in [
        (&b""[..], TableError::Empty),
        (b"\r\n \t\r\n", TableError::Empty),
        (b"sep=;\r\n;;\r\n", TableError::Empty),
        (b"PK\x03\x04\x14\x00", TableError::Workbook),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", TableError::Workbook),
        (b"%PDF-1.7", TableError::Pdf),
        (b"\r\n<html><table>", TableError::Markup),
        (b"Nama\0Alamat", TableError::Binary),
    ] {
        assert_eq!(read_table(bytes), Err(error));
    }
}

#[test]
fn what_is_too_large_is_refused_with_the_limit() {
    let found = MOST_BYTES + 1;
    let most = MOST_BYTES;
    let error = TableError::TooLarge { found, most };
    assert_eq!(read_table(&vec![b'a'; found]), Err(error));
    let (found, most) = (MOST_ROWS + 1, MOST_ROWS);
    let error = TableError::TooManyRows { found, most };
    assert_eq!(read_table("a;b\n".repeat(found).as_bytes()), Err(error));
    assert!(read_table("a;b\n".repeat(most).as_bytes()).is_ok());
    let (found, most, line) = (MOST_COLUMNS + 1, MOST_COLUMNS, 2);
    let error = TableError::TooManyColumns { line, found, most };
    let wide = format!("a;b\n{}", "a;".repeat(found));
    assert_eq!(read_table(wide.as_bytes()), Err(error));
    let blank = format!("a;b\n{}", ";".repeat(16_384));
    assert_eq!(table(&blank).rows.len(), 1);
}

#[test]
fn the_delimiter_is_found_however_many_commas_stand_in_the_cells() {
    let people = [
        "Siti Aminah, S.Pd.",
        "Probolinggo, 12-05-1984",
        "Jl. Mangga 7, RT 3",
    ];
    for delimiter in [";", "\t", "|"] {
        let line = people.join(delimiter);
        let found = table(&format!(
            "Nama{delimiter}TTL{delimiter}Alamat\n{line}\n{line}\n"
        ));
        assert_eq!(found.delimiter.to_string(), delimiter);
        assert_eq!(found.rows[2].cells, people);
    }
    let quoted = format!("Nama,TTL,Alamat\n\"{}\"\n", people.join("\",\""));
    assert_eq!(table(&quoted).rows[1].cells, people);
    // A column of names alone is not parted.
    assert_eq!(
        table("Siti Aminah\nNgatiyem, S.Pd.\nRini\n").rows[1]
            .cells
            .len(),
        1
    );
}

#[test]
fn the_first_line_can_say_the_delimiter_and_is_counted_as_a_line() {
    for said in ["sep=;", "SEP=;", "\"sep=;\""] {
        let rows = rows_of(&format!("{said}\r\na,b,c;d\r\na,b,c;e"));
        assert_eq!(rows, [row(2, &["a,b,c", "d"]), row(3, &["a,b,c", "e"])]);
    }
}

#[test]
fn rows_know_the_line_where_they_begin() {
    let text = "\nNama;Alamat\r\n\r\nSiti;\"Jl. Mangga 7\r\n\r\nKedopok\"\r\n;\r\n\"Rini\n\";x\rBudi;\"\"\"y\"\"\"";
    let rows = [
        row(2, &["Nama", "Alamat"]),
        row(4, &["Siti", "Jl. Mangga 7\n\nKedopok"]),
        row(8, &["Rini\n", "x"]),
        row(10, &["Budi", "\"y\""]),
    ];
    assert_eq!(rows_of(text), rows);
}

#[test]
fn a_quote_without_end_is_named_with_the_line_where_its_row_begins() {
    let error = TableError::OpenQuote { line: 2 };
    let text = "Nama;Alamat\nSiti;\"Jl. Mangga 7\nRini;Jl. Jati 1\n";
    assert_eq!(read_table(text.as_bytes()), Err(error));
}

/// A cell as RFC 4180 writes it.
fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>, text in "([;,\t\n\"'#]|NIK|Nama|TTL|[0-9/-]{0,17}|\\PC)*") {
        for bytes in [&bytes[..], text.as_bytes()] {
            let Ok(table) = read_table(bytes) else { continue };
            let guess = guess_columns(&table, TODAY);
            let _ = expected_of(&table, &guess.columns, TODAY);
            for meaning in <Meaning as crate::domain::Coded>::ALL {
                let meanings = vec![Some(Meaning::Name), Some(*meaning)];
                let columns = Columns { header: None, meanings };
                let import = expected_of(&table, &columns, TODAY).expect("a column of names");
                prop_assert!(import.expected.len() <= table.rows.len());
            }
        }
    }

    #[test]
    fn what_is_written_with_any_delimiter_is_read_back_with_its_lines(
        rows in prop::collection::vec(prop::collection::vec("[a-z;,|\t\"\n\u{e9} ]{0,6}[a-z]", 1..6), 1..20),
        delimiter in prop::sample::select(&DELIMITERS[..]),
    ) {
        let mut text = format!("sep={delimiter}\n");
        let mut wanted = Vec::new();
        for cells in rows {
            let line = text.matches('\n').count() + 1;
            let written: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
            text.push_str(&written.join(&delimiter.to_string()));
            text.push('\n');
            wanted.push(Row { line, cells });
        }
        prop_assert_eq!(read_table(text.as_bytes()), Ok(Table { delimiter, rows: wanted }));
    }

    #[test]
    fn the_delimiter_of_a_table_of_plain_cells_is_found(
        rows in prop::collection::vec(prop::collection::vec("[a-z0-9 ]{0,8}[a-z]", 3), 2..20),
        delimiter in prop::sample::select(&DELIMITERS[..]),
    ) {
        let line = |cells: &Vec<String>| cells.join(&delimiter.to_string()) + "\r\n";
        let text: String = rows.iter().map(line).collect();
        let table = read_table(text.as_bytes()).expect("a table");
        prop_assert_eq!(table.delimiter, delimiter);
        let cells: Vec<Vec<String>> = table.rows.into_iter().map(|row| row.cells).collect();
        prop_assert_eq!(cells, rows);
    }
}
