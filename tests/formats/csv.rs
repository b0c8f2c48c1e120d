//! CSV, read by the csv crate.

use csv::Reader;
use hackweek::report::csv::{Rows, write};
use proptest::prelude::*;

use crate::made::{HOSTILE, friday, obeyed, week, with_text, written};

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = Reader::from_reader(text.as_bytes());
    let rows = reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

const RAW: Rows = Rows {
    raw: true,
    suspected: false,
};

#[test]
fn a_row_has_what_the_document_has() {
    let report = friday();
    let text = written(|out| write(&report, Rows::default(), out));
    assert!(text.ends_with("\r\n"));
    let rows = rows(&text);
    assert_eq!(rows.len(), report.items.len());
    let first = &rows[0];
    assert_eq!(first[0], report.items[0].id);
    assert_eq!(first[5], "retries never back off");
    assert_eq!(first[9], "src/gateway.rs");
    assert_eq!(first[13], "Sammy Lund <sammy@example.org>");
}

#[test]
fn suspected_rows_come_only_when_asked_for() {
    let all = Rows {
        suspected: true,
        ..Rows::default()
    };
    let rows = rows(&written(|out| write(&week(), all, out)));
    assert_eq!(rows.len(), week().items.len() + week().suspected.len());
    assert_eq!(rows.last().unwrap()[2], "suspected");
}

#[test]
fn no_cell_is_a_formula_or_a_command() {
    for text in HOSTILE {
        let text = written(|out| write(&with_text(week(), text), Rows::default(), out));
        assert_eq!(obeyed(&text.replace("\r\n", "\n")), None);
        for cell in rows(&text).iter().flatten() {
            assert!(
                !cell
                    .trim_start()
                    .starts_with(['=', '+', '-', '@', '＝', '＋', '|', '%']),
                "{cell}"
            );
        }
    }
}

proptest! {
    #[test]
    fn raw_text_is_read_back_as_it_was(text in any::<String>()) {
        let written = written(|out| write(&with_text(week(), &text), RAW, out));
        for row in rows(&written) {
            prop_assert_eq!(&row[5], &text);
            prop_assert_eq!(&row[13], &text);
        }
    }

    #[test]
    fn rows_stay_rows(text in any::<String>()) {
        let written = written(|out| write(&with_text(week(), &text), Rows::default(), out));
        prop_assert_eq!(rows(&written).len(), week().items.len());
        // Line ends end rows and nothing else.
        prop_assert_eq!(written.matches('\n').count(), week().items.len() + 1);
    }
}
