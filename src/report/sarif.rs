//! The debt report as SARIF 2.1.0, for code scanning: one run a repository, one result an item that
//! is still in the code (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>).
//!
//! An item's own id is its fingerprint, so that a scanner takes it for the same through moves,
//! renames and edits. Accepted and dismissed items are there, suppressed. Paid ones are not: their
//! absence closes them. A result needs a place in a file: items of commit messages are counted in a
//! notification of the run.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::debt::{DebtReport, Item, Repository, Status};
use super::links::encoded_path;
use super::order::{Lists, by_risk, is_overdue, is_paid, risk};
use super::safe_text::Safe;
use super::sentences::{self, cut};
use super::words::{age, name, plural};

/// Results of one run. GitHub takes 25,000 and shows 5,000
/// (<https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support>).
const MOST: usize = 5_000;

/// Longest message, in characters.
const LONGEST: usize = 1_000;

/// Writes the log of a debt report.
///
/// # Errors
/// Those of `out`.
pub fn write(report: &DebtReport, suspected: bool, out: &mut dyn Write) -> io::Result<()> {
    let runs = report.repositories.iter();
    let runs = runs.map(|repository| run(report, repository, suspected));
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": runs.collect::<Vec<_>>(),
    });
    super::json::write(&log, out)
}

fn run(report: &DebtReport, repository: &Repository, suspected: bool) -> Value {
    let lists = Lists::of(report);
    let more = lists.suspected.iter().filter(|_| suspected);
    let items = lists
        .open
        .iter()
        .chain(&lists.decided)
        .chain(&lists.carried_in);
    let items = items.chain(more);
    let mut items = items
        .copied()
        .filter(|item| item.repository == repository.name && !is_paid(item.status))
        .collect::<Vec<_>>();
    items.sort_by_key(|&item| by_risk(item));
    let mut rules = BTreeMap::new();
    let mut results = Vec::new();
    let mut left_out = 0_u64;
    for item in items {
        let place = item.path.as_deref().and_then(encoded_path);
        match place.filter(|_| results.len() < MOST) {
            Some(uri) => {
                let id = rule_id(item);
                rules.entry(id).or_insert_with(|| rule(item));
                results.push(result(report, item, &uri));
            }
            None => left_out += 1,
        }
    }
    let mut notes = Vec::new();
    if left_out > 0 {
        let items = plural(
            left_out,
            "item is not among the results: it stands",
            "items are not among the results: they stand",
        );
        let text = format!("{items} in a commit message, or beyond the first {MOST}.");
        notes.push(json!({ "level": "note", "message": { "text": text } }));
    }
    let mut run = json!({
        "tool": { "driver": {
            "name": "hackweek",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules.into_values().collect::<Vec<_>>(),
        } },
        "automationDetails": { "id": format!("hackweek/debt/{}/", slug(&repository.name)) },
        "invocations": [ {
            "executionSuccessful": true,
            "toolExecutionNotifications": notes,
        } ],
        "columnKind": "unicodeCodePoints",
        "results": results,
    });
    if let (Some(forge), Some(head)) = (&repository.forge, &repository.head) {
        run["versionControlProvenance"] = json!([
            { "repositoryUri": forge, "revisionId": head, "mappedTo": { "uriBaseId": "%SRCROOT%" } }
        ]);
    }
    run
}

fn result(report: &DebtReport, item: &Item, uri: &str) -> Value {
    let owed = age(item.introduced.time, report.generated_at);
    let text = format!(
        "{}: {} (owed {owed}, introduced by {})",
        sentences::kind(item),
        cut(&sentences::what(item), LONGEST),
        name(&item.introduced.author),
    );
    let mut result = json!({
        "ruleId": rule_id(item),
        "level": level(report, item),
        "message": { "text": message(&text) },
        "locations": [ { "physicalLocation": {
            "artifactLocation": { "uri": uri, "uriBaseId": "%SRCROOT%" },
            "region": { "startLine": item.line.unwrap_or(1).max(1) },
        } } ],
        "fingerprints": { "hackweek/item/v1": item.id },
        // The one fingerprint that GitHub looks at; it adds a count behind a colon.
        "partialFingerprints": { "primaryLocationLineHash": format!("{}:1", item.id) },
        "properties": {
            "status": item.status,
            "introducedCommit": Safe::new(&item.introduced.commit).as_str(),
            "introducedTime": item.introduced.time.to_rfc3339(),
        },
    });
    if let Some(from) = &item.carried_from {
        result["properties"]["carriedFrom"] = Safe::new(from).as_str().into();
    }
    let reason = item.decision.as_ref().and_then(|it| it.reason.as_deref());
    match item.status {
        Status::Accepted | Status::Dismissed => {
            let reason = reason.unwrap_or(sentences::status(item.status));
            result["suppressions"] = json!([ {
                "kind": "external",
                "status": "accepted",
                "justification": message(&cut(reason, LONGEST)),
            } ]);
        }
        // Once some results of a run say that they are suppressed, the others say that they are not.
        _ => result["suppressions"] = json!([]),
    }
    result
}

fn level(report: &DebtReport, item: &Item) -> &'static str {
    match (is_overdue(report, item), risk(item)) {
        (true, _) => "error",
        (false, 0 | 1) => "warning",
        (false, _) => "note",
    }
}

fn rule_id(item: &Item) -> String {
    match item.tier {
        crate::debt::Tier::Declared => format!("hackweek/{}", slug(&item.marker)),
        crate::debt::Tier::Suspected => "hackweek/suspected".to_owned(),
    }
}

fn rule(item: &Item) -> Value {
    let (name, short) = match item.tier {
        crate::debt::Tier::Declared => {
            let marker = Safe::new(&item.marker);
            let marker = cut(marker.as_str(), 60);
            (marker.clone(), format!("{} in a comment", message(&marker)))
        }
        crate::debt::Tier::Suspected => (
            "suspected".to_owned(),
            "A comment that confesses something without a marker".to_owned(),
        ),
    };
    let level = if risk(item) <= 1 { "warning" } else { "note" };
    json!({
        "id": rule_id(item),
        "name": name,
        "shortDescription": { "text": short },
        "fullDescription": { "text": "Debt that its author declared, followed through git until it is paid." },
        "help": { "text": "Fix the code around the comment, or decide on the item with `hackweek debt`. Removing the comment alone is no payment." },
        "defaultConfiguration": { "level": level },
        "properties": { "tags": ["maintainability", "technical-debt"] },
    })
}

/// Text of a message: nothing in it is a link (section 3.11.6) or a place for an argument (3.11.5).
fn message(text: &str) -> String {
    let safe = Safe::new(text);
    safe.as_str()
        .replace("](", "] (")
        .replace('{', "{{")
        .replace('}', "}}")
}

/// A name for an identifier: letters, digits, `-`, `_` and `.`.
fn slug(name: &str) -> String {
    let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let slug = name.chars().take(80);
    slug.map(|c| if sound(c) { c } else { '-' }).collect()
}
