//! The standup, the summary, the plan, the review and the roadmap as CSV: the rows that a spreadsheet wants of them.

use std::io::{self, Write};

use super::boards::ReviewPage;
use super::csv::{records, word};
use super::debt::Status;
use super::plan::Plan;
use super::roadmap::Roadmap;
use super::rows::DebtRow;
use super::standup::Standup;
use super::summary::Summary;

/// One row a person.
const STANDUP: [&str; 16] = [
    "date",
    "person",
    "in_team",
    "turn",
    "away",
    "spoke_seconds",
    "commits",
    "opened",
    "paid",
    "owes",
    "today",
    "blocked",
    "owed_items",
    "tasks",
    "blockers",
    "since",
];

/// Writes a standup, one row a person.
///
/// # Errors
/// Those of `out`.
pub(super) fn standup(standup: &Standup, raw: bool, out: &mut dyn Write) -> io::Result<()> {
    let rows = standup.people.iter().map(|person| {
        let joined = |texts: Vec<&str>| texts.join("; ");
        vec![
            standup.date.to_string(),
            person.name.clone(),
            person.turn.is_some().to_string(),
            person.turn.map_or(String::new(), |turn| word(&turn)),
            person.away.to_string(),
            person.spoke.to_string(),
            person.commits.len().to_string(),
            person.opened.to_string(),
            person.paid.to_string(),
            person.owes.len().to_string(),
            person.today.len().to_string(),
            person.blocked.len().to_string(),
            joined(person.owes.iter().map(|it| it.id.as_str()).collect()),
            joined(person.today.iter().map(|it| it.text.as_str()).collect()),
            joined(person.blocked.iter().map(|it| it.text.as_str()).collect()),
            standup.since.at.to_rfc3339(),
        ]
    });
    records(&STANDUP, rows, raw, out)
}

/// Figures first, then the items of debt. The first column tells them apart.
const SUMMARY: [&str; 16] = [
    "row",
    "name",
    "value",
    "id",
    "repository",
    "marker",
    "text",
    "path",
    "line",
    "owner",
    "introduced_by",
    "introduced_time",
    "status",
    "paid_by",
    "paid_time",
    "paid_how",
];

/// Writes a summary: its figures, one a row, then the week's debt, one item a row.
///
/// # Errors
/// Those of `out`.
pub(super) fn summary(summary: &Summary, raw: bool, out: &mut dyn Write) -> io::Result<()> {
    let figures = figures(summary).into_iter().map(|(name, value)| {
        let mut row = vec!["figure".to_owned(), name.to_owned(), value];
        row.resize(SUMMARY.len(), String::new());
        row
    });
    let items = summary.items.iter().map(item);
    records(&SUMMARY, figures.chain(items), raw, out)
}

/// The features, then how likely each milestone is by the end of each hack. The first column tells
/// them apart.
const ROADMAP: [&str; 10] = [
    "row",
    "id",
    "name",
    "stage",
    "left",
    "times_carried",
    "hack",
    "week",
    "date",
    "percent",
];

/// Writes a roadmap: its features, one a row, then the odds of its milestones, one hack a row.
///
/// # Errors
/// Those of `out`.
pub(super) fn roadmap(roadmap: &Roadmap, raw: bool, out: &mut dyn Write) -> io::Result<()> {
    let features = roadmap.features.iter().map(|feature| {
        let mut row = vec![
            "feature".to_owned(),
            feature.id.clone(),
            feature.name.clone(),
            word(&feature.stage),
            feature.left.to_string(),
            feature.times_carried.to_string(),
        ];
        row.resize(ROADMAP.len(), String::new());
        row
    });
    let odds = roadmap.milestones.iter().flat_map(|projection| {
        projection.odds.iter().map(|odds| {
            vec![
                "odds".to_owned(),
                String::new(),
                String::new(),
                word(&projection.milestone),
                projection.left.to_string(),
                String::new(),
                odds.hack.map_or(String::new(), |hack| hack.to_string()),
                odds.week.clone(),
                odds.date.to_string(),
                odds.percent.to_string(),
            ]
        })
    });
    records(&ROADMAP, features.chain(odds), raw, out)
}

/// The tasks, then the promises. The first column tells them apart.
const PLAN: [&str; 15] = [
    "row",
    "week",
    "id",
    "text",
    "owner",
    "to",
    "day",
    "status",
    "done_time",
    "waits_for",
    "carried_from",
    "shape",
    "stand_in",
    "due",
    "note",
];

/// Writes a plan: its tasks, one a row, then its promises.
///
/// # Errors
/// Those of `out`.
pub(super) fn plan(plan: &Plan, raw: bool, out: &mut dyn Write) -> io::Result<()> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let week = &plan.week.name;
    let tasks = plan.tasks().map(|task| {
        vec![
            "task".to_owned(),
            week.clone(),
            task.id.clone(),
            task.text.clone(),
            text(&task.owner),
            task.gives_to.join("; "),
            task.day.map_or(String::new(), |day| day.to_string()),
            task.status.clone(),
            task.done_at.map_or(String::new(), |at| at.to_rfc3339()),
            task.waits_for.join("; "),
            task.carried_from.join("; "),
            String::new(),
            String::new(),
            String::new(),
            text(&task.note),
        ]
    });
    let promises = plan.promises.iter().map(|promise| {
        let stand_in = [&promise.stand_in, &promise.stand_in_path];
        let stand_in: Vec<String> = stand_in.into_iter().flatten().cloned().collect();
        vec![
            "promise".to_owned(),
            week.clone(),
            promise.id.clone(),
            promise.what.clone(),
            promise.from.clone(),
            promise.to.join("; "),
            String::new(),
            promise.state.clone(),
            promise.real_at.map_or(String::new(), |at| at.to_rfc3339()),
            String::new(),
            String::new(),
            text(&promise.shape),
            stand_in.join("; "),
            promise.due.map_or(String::new(), |due| due.to_rfc3339()),
            String::new(),
        ]
    });
    records(&PLAN, tasks.chain(promises), raw, out)
}

/// The findings, what people said, the questions. The first column tells them apart.
const REVIEW: [&str; 13] = [
    "row",
    "week",
    "id",
    "kind",
    "text",
    "person",
    "place",
    "lines",
    "debt",
    "test",
    "locked",
    "done_time",
    "answer",
];

/// Writes a review: its findings, one a row, then what people said, then the questions.
///
/// # Errors
/// Those of `out`.
pub(super) fn review(review: &ReviewPage, raw: bool, out: &mut dyn Write) -> io::Result<()> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let findings = review.findings.iter().map(|finding| {
        let test = match &finding.test {
            Some(test) => test.clone(),
            None => finding.test_state.clone(),
        };
        vec![
            "finding".to_owned(),
            review.week.clone(),
            finding.id.clone(),
            finding.bucket.clone(),
            finding.what.clone(),
            text(&finding.owner),
            text(&finding.place),
            finding.lines.map_or(String::new(), |it| it.to_string()),
            text(&finding.debt),
            test,
            finding.locked.to_string(),
            finding.done_at.map_or(String::new(), |at| at.to_rfc3339()),
            String::new(),
        ]
    });
    let row = |first: [String; 6], answer: String| {
        let mut row = first.to_vec();
        row.resize(REVIEW.len() - 1, String::new());
        row.push(answer);
        row
    };
    let said = review.said.iter().map(|said| {
        let (week, about) = (review.week.clone(), said.about.clone());
        let (text, by) = (said.text.clone(), said.by.clone());
        let kind = "said".to_owned();
        row([kind, week, String::new(), about, text, by], String::new())
    });
    let questions = review.questions.iter().map(|question| {
        let own = if question.id.is_some() {
            "own"
        } else {
            "method"
        };
        let first = [
            "question".to_owned(),
            review.week.clone(),
            question.number.to_string(),
            own.to_owned(),
            question.question.clone(),
            text(&question.by),
        ];
        row(first, text(&question.answer))
    });
    let rows = findings.chain(said).chain(questions);
    records(&REVIEW, rows, raw, out)
}

fn figures(summary: &Summary) -> Vec<(&'static str, String)> {
    let debt = &summary.debt;
    let carried = debt.carried_in.as_ref();
    let figure = |figure: u64| figure.to_string();
    let known = |figure: Option<f64>| figure.map_or(String::new(), |it| format!("{it:.4}"));
    let percent = summary.work.build_percent;
    vec![
        ("week", summary.week.name.clone()),
        (
            "hack",
            summary.hack.map_or(String::new(), |it| it.to_string()),
        ),
        ("people", figure(summary.people.len() as u64)),
        ("commits", figure(summary.commits.count)),
        ("authors", figure(summary.commits.authors)),
        ("tasks_planned", figure(summary.tasks.planned)),
        ("tasks_done", figure(summary.tasks.done)),
        ("tasks_carried", figure(summary.tasks.carried.len() as u64)),
        ("tasks_cut", figure(summary.tasks.cut.len() as u64)),
        ("promises_made", figure(summary.promises.made)),
        ("promises_kept", figure(summary.promises.kept)),
        ("debt_opened", figure(debt.opened)),
        ("debt_paid", figure(debt.paid)),
        ("debt_paid_late", figure(debt.paid_late)),
        ("debt_accepted", figure(debt.accepted)),
        ("debt_carried", figure(debt.carried)),
        ("debt_dismissed", figure(debt.dismissed)),
        ("debt_open", figure(debt.open)),
        ("debt_undecided", figure(debt.undecided)),
        ("debt_doubtful", figure(debt.doubtful)),
        ("debt_after_hack_days", figure(debt.after_hack_days)),
        ("debt_paydown", known(debt.paydown)),
        ("debt_carried_in", figure(carried.map_or(0, |it| it.items))),
        (
            "debt_carried_in_open",
            figure(carried.map_or(0, |it| it.open)),
        ),
        (
            "build_percent",
            percent.map_or(String::new(), |it| it.to_string()),
        ),
        ("mood", known(summary.mood)),
        (
            "planning_seconds",
            summary
                .planning
                .map_or(String::new(), |it| figure(it.spent)),
        ),
    ]
}

fn item(row: &DebtRow) -> Vec<String> {
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let paid = row.paid.as_ref();
    let is_paid = matches!(row.status, Status::Paid | Status::PaidLate);
    let paid = paid.filter(|_| is_paid);
    vec![
        "item".to_owned(),
        row.name.clone(),
        String::new(),
        row.id.clone(),
        row.repository.clone(),
        row.marker.clone(),
        row.text.clone(),
        text(row.path.as_ref()),
        row.line.map_or(String::new(), |line| line.to_string()),
        row.owner.clone(),
        row.by.clone(),
        row.introduced.to_rfc3339(),
        word(&row.status),
        text(paid.map(|paid| &paid.by)),
        paid.map_or(String::new(), |paid| paid.time.to_rfc3339()),
        paid.map_or(String::new(), |paid| word(&paid.how)),
    ]
}
