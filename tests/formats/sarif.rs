//! SARIF, held against the schema of OASIS.

use std::sync::LazyLock;

use hackweek::report::debt::Status;
use hackweek::report::sarif::write;
use jsonschema::Validator;
use serde_json::Value;

use crate::made::{HOSTILE, all, empty, friday, linked, many, obeyed, week, with_text, written};

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let schema = include_str!("../data/sarif-schema-2.1.0.json");
    jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap()
});

fn valid(text: &str) -> Value {
    let log = serde_json::from_str(text).unwrap();
    let errors = SCHEMA
        .iter_errors(&log)
        .map(|error| format!("{error} at {}", error.instance_path()));
    assert_eq!(errors.collect::<Vec<_>>(), Vec::<String>::new(), "{text}");
    log
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let text = written(|out| write(&week(), false, out));
    let mut log: Value = serde_json::from_str(&text).unwrap();
    log["runs"][0]["results"][0]["level"] = "dreadful".into();
    assert!(!SCHEMA.is_valid(&log));
}

#[test]
fn every_report_is_valid() {
    for report in [week(), linked(), friday(), all(), empty(), many(20, 5)] {
        for suspected in [false, true] {
            valid(&written(|out| write(&report, suspected, out)));
        }
    }
}

#[test]
fn an_item_is_known_by_its_id_and_suppressed_by_a_decision() {
    let mut report = linked();
    let dismissed = report
        .items
        .iter_mut()
        .find(|it| it.status == Status::Carried)
        .unwrap();
    dismissed.status = Status::Dismissed;
    let log = valid(&written(|out| write(&report, false, out)));
    let runs = log["runs"].as_array().unwrap();
    let results = runs
        .iter()
        .flat_map(|run| run["results"].as_array().unwrap());
    let mut suppressed = 0;
    for result in results {
        let id = result["fingerprints"]["hackweek/item/v1"].as_str().unwrap();
        let item = report.items.iter().find(|item| item.id == id).unwrap();
        let hash = result["partialFingerprints"]["primaryLocationLineHash"]
            .as_str()
            .unwrap();
        assert_eq!(hash, format!("{id}:1"));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            place["artifactLocation"]["uri"].as_str(),
            item.path.as_deref()
        );
        assert_eq!(
            place["region"]["startLine"].as_u64(),
            item.line.map(u64::from)
        );
        let closed = matches!(item.status, Status::Accepted | Status::Dismissed);
        assert_eq!(
            result["suppressions"].as_array().unwrap().len(),
            usize::from(closed)
        );
        suppressed += usize::from(closed);
    }
    assert_eq!(suppressed, 2);
    assert_eq!(
        log["runs"][0]["versionControlProvenance"][0]["repositoryUri"],
        "https://github.com/ann/pay"
    );
    let note = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    assert!(
        note["message"]["text"].as_str().unwrap().starts_with('1'),
        "{note}"
    );
}

#[test]
fn hostile_texts_stay_texts_and_inside_the_repository() {
    for text in HOSTILE {
        let written = written(|out| write(&with_text(linked(), text), true, out));
        assert_eq!(obeyed(&written), None);
        let log = valid(&written);
        let runs = log["runs"].as_array().unwrap();
        for result in runs
            .iter()
            .flat_map(|run| run["results"].as_array().unwrap())
        {
            assert!(!result["message"]["text"].as_str().unwrap().contains("]("));
            let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
            let uri = uri.as_str().unwrap();
            assert!(
                !uri.contains(':') && !uri.starts_with('/') && !uri.contains(".."),
                "{uri}"
            );
        }
    }
}

#[test]
fn a_run_holds_no_more_than_is_shown() {
    let log = valid(&written(|out| write(&many(6_000, 1), false, out)));
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 5_000);
}
