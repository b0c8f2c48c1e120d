//! HTML, read by a browser's parser.

use std::collections::HashSet;

use hackweek::report::html::{LARGEST, write};
use proptest::prelude::*;
use scraper::{Html, Selector};

use crate::made::{HOSTILE, all, empty, friday, linked, many, obeyed, week, with_text, written};

pub(crate) fn all_of<'a>(page: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text_of(element: scraper::ElementRef<'_>) -> String {
    element.text().collect()
}

/// The elements and attributes that the writer has. Nothing else may be found on a page.
const ELEMENTS: &str = "html head meta title style body a header h1 h2 h3 p time nav span main div \
    svg rect text line section ul li table thead tbody tr th td code br details summary footer \
    h4 caption strong";
const ATTRIBUTES: &str = "lang charset http-equiv content name class href id rel datetime scope role \
    aria-label aria-labelledby aria-hidden viewBox preserveAspectRatio x y x1 x2 y1 y2 width height \
    text-anchor";

pub(crate) fn assert_inert(text: &str) -> Html {
    assert_eq!(obeyed(text), None);
    let page = Html::parse_document(text);
    let elements = ELEMENTS.split_whitespace().collect::<HashSet<_>>();
    let attributes = ATTRIBUTES.split_whitespace().collect::<HashSet<_>>();
    for element in page.root_element().descendent_elements() {
        let value = element.value();
        assert!(elements.contains(value.name()), "<{}>", value.name());
        for (name, value) in value.attrs() {
            assert!(attributes.contains(name), "{name}=\"{value}\"");
            if name == "href" {
                assert!(
                    value.starts_with('#') || value.starts_with("https://git"),
                    "{value}"
                );
            }
        }
    }
    assert_eq!(all_of(&page, "style").len(), 1);
    let policy = all_of(&page, "meta[http-equiv=Content-Security-Policy]");
    let policy = policy[0].value().attr("content").unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    page
}

#[test]
fn a_page_can_be_read_without_seeing_it() {
    for report in [week(), linked(), friday(), all(), empty()] {
        let page = assert_inert(&written(|out| write(&report, out)));
        assert_eq!(all_of(&page, "h1").len(), 1);
        for table in all_of(&page, "table") {
            let heads = Selector::parse("thead th").unwrap();
            let heads = table.select(&heads).collect::<Vec<_>>();
            assert!(!heads.is_empty());
            assert!(
                heads
                    .iter()
                    .all(|head| head.value().attr("scope").is_some())
            );
            assert!(heads.iter().all(|head| !text_of(*head).is_empty()));
        }
        for drawing in all_of(&page, "svg") {
            let hidden = drawing.value().attr("aria-hidden").is_some();
            let titled = drawing.select(&Selector::parse("title").unwrap()).count() == 1;
            assert!(hidden || titled && drawing.value().attr("role") == Some("img"));
        }
        let ids = all_of(&page, "[id]");
        let ids = ids
            .iter()
            .filter_map(|it| it.value().attr("id"))
            .collect::<Vec<_>>();
        let unique = ids.iter().collect::<HashSet<_>>();
        assert_eq!(ids.len(), unique.len());
        for link in all_of(&page, "a[href^='#']") {
            let aim = &link.value().attr("href").unwrap()[1..];
            assert!(ids.contains(&aim), "{aim}");
        }
        for named in all_of(&page, "[aria-labelledby]") {
            assert!(ids.contains(&named.value().attr("aria-labelledby").unwrap()));
        }
    }
}

#[test]
fn an_item_is_there_with_its_links() {
    let page = assert_inert(&written(|out| write(&linked(), out)));
    let row = all_of(&page, "section[aria-labelledby=open] tbody tr")[0];
    let text = text_of(row);
    assert!(
        text.contains("DONT") && text.contains("retries never back off"),
        "{text}"
    );
    let anchors = Selector::parse("a").unwrap();
    let links = row.select(&anchors);
    let links = links
        .filter_map(|link| link.value().attr("href"))
        .collect::<Vec<_>>();
    assert_eq!(
        links,
        [
            "https://github.com/ann/pay/blob/1a954628a960aaef81d7b2d4521929579f3541e6/src/gateway.rs#L42",
            "https://github.com/ann/pay/commit/89c213c2598207b2d8a5b439153275abf4aab2a7",
        ]
    );
    assert_eq!(
        all_of(&page, "section[aria-labelledby=decided] tbody tr").len(),
        2
    );
    assert_eq!(
        all_of(&page, "section[aria-labelledby=paid] tbody tr").len(),
        3
    );
}

#[test]
fn the_figures_of_the_drawing_stand_beside_it() {
    let page = assert_inert(&written(|out| write(&friday(), out)));
    let rows = all_of(&page, "details.figures tbody tr");
    let rows = rows.iter().map(|row| {
        row.child_elements()
            .map(text_of)
            .collect::<Vec<_>>()
            .join(" ")
    });
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [
            "Mon 16 5 0 5",
            "Tue 17 4 1 8",
            "Wed 18 0 4 4",
            "Thu 19 0 0 4",
            "Fri 20 0 1 3"
        ]
    );
}

#[test]
fn hostile_texts_stay_texts() {
    for text in HOSTILE {
        assert_inert(&written(|out| write(&with_text(linked(), text), out)));
    }
}

#[test]
fn the_largest_page_stays_light_and_says_what_it_leaves_out() {
    let mut report = many(30_000, 5_000);
    let mut other = report.repositories[0].clone();
    other.name = "'".repeat(5_000);
    other.skipped = vec![report.repositories[0].skipped[0].clone(); 200];
    for file in &mut other.skipped {
        file.path = "'".repeat(5_000);
        file.why = "'".repeat(5_000);
    }
    report.repositories.extend(vec![other; 60]);
    let text = written(|out| write(&report, out));
    assert!(text.len() <= LARGEST, "{}", text.len());
    let page = assert_inert(&text);
    let shown = all_of(&page, "section[aria-labelledby=open] tbody tr").len();
    let note = text_of(all_of(&page, ".note")[0]);
    let left_out = note.split(' ').next().unwrap().replace(',', "");
    assert_eq!(shown + left_out.parse::<usize>().unwrap(), 30_000, "{note}");
    // A list of nearly everybody's debt is shown whole.
    let page = assert_inert(&written(|out| write(&many(1_400, 60), out)));
    assert!(all_of(&page, ".note").is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_is_inert(text in "(\\PC|[<>&\"'/=`]|\\n|script|style){0,40}") {
        assert_inert(&written(|out| write(&with_text(linked(), &text), out)));
    }
}
