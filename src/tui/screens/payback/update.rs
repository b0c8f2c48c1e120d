//! What happens on the Payback screen. Pure: what is to be done is returned.

use super::actions::Do;
use super::panes::{Focus, LISTS};
use super::state::{Asked, State};
use super::{decide, lines};
use crate::report::debt::{Item, ReportScope};
use crate::report::figures::WeekDebt;
use crate::tui::actions::Action;
use crate::tui::document::{Document, Format, exported};
use crate::tui::effect::Effect;
use crate::tui::form::Problem;
use crate::tui::message::Notice;
use crate::tui::model::Reply;
use crate::tui::screens::debt::{is_with_week, markdown};
use crate::tui::seen::Seen;
use crate::tui::widgets::fit;
use crate::week::Refusal;
use crate::week::payback::{DecisionKind, PaybackCommand};
use crate::week::review::ReviewCommand;

/// Does an action of the screen.
pub fn update(state: &mut State, seen: &Seen<'_>, act: Do) -> Reply {
    if let Some(why) = why_not(state, seen, act) {
        return Reply::notice(Notice::bad(why));
    }
    if let Some(format) = exported!(act) {
        return export(seen, format);
    }
    match act {
        Do::Left | Do::Right => {
            state.focus = match act {
                Do::Left => Focus::List(0),
                _ => Focus::Decide,
            };
            state.settle(seen);
            Reply::default()
        }
        Do::Add => lines::add(seen, state.list()),
        Do::FromReview => lines::from_review(seen),
        Do::Close => close(state, seen),
        Do::Open => open(state, seen),
        Do::CopyMarkdown => match state.undecided(seen) {
            Some(item) => Reply::effect(Effect::Copy {
                text: fit::safe(&markdown(seen.board(), item)),
                what: "Markdown",
            }),
            None => Reply::default(),
        },
        _ => match (state.line(seen), state.undecided(seen)) {
            (Some(check), _) => match (act, lines::finding(seen, check)) {
                (Do::Tick, _) => lines::tick(check),
                (Do::Edit, _) => lines::edit(seen, check),
                (Do::Delete, _) => Reply::write(PaybackCommand::DeleteCheck {
                    check: check.id.clone(),
                }),
                (Do::Take, _) => match seen.me() {
                    Some(me) => lines::take(check, me),
                    None => Reply::join(Action::Payback(act)),
                },
                (Do::Test, Some(finding)) => lines::test(finding),
                (Do::Unlock, Some(finding)) => lines::unlock(finding),
                _ => of_item(seen, act, state.undecided(seen)),
            },
            (None, item) => of_item(seen, act, item),
        },
    }
}

fn of_item(seen: &Seen<'_>, act: Do, item: Option<&Item>) -> Reply {
    match (item, seen.me()) {
        (None, _) => Reply::default(),
        (Some(_), None) => Reply::join(Action::Payback(act)),
        (Some(item), Some(me)) => decide::decide(seen, act, item, me),
    }
}

/// Why an action cannot be had now; `None` if it can.
pub fn why_not(state: &State, seen: &Seen<'_>, act: Do) -> Option<String> {
    let line = state.line(seen);
    let on_list = matches!(state.focus, Focus::List(_));
    match act {
        Do::Edit | Do::Delete => match (on_list, line) {
            (_, Some(_)) => None,
            (true, None) => Some("the list has no line yet".to_owned()),
            (false, None) => Some("no line of a list is selected".to_owned()),
        },
        Do::Tick | Do::Take if on_list => match line {
            None => Some("the list has no line yet".to_owned()),
            Some(check) if act == Do::Tick && seen.board().is_locked(check) => {
                let what = check.text.clone();
                Some(Refusal::Locked { what }.to_string())
            }
            Some(_) => None,
        },
        Do::Test | Do::Unlock if on_list => {
            let finding = line.and_then(|line| lines::finding(seen, line));
            match finding {
                None => Some("only a refactor of the review has its test here".to_owned()),
                Some(finding) if act == Do::Unlock && !finding.is_locked() => {
                    Some("it is not locked".to_owned())
                }
                Some(_) => None,
            }
        }
        Do::Unlock => Some("no line of a list is selected".to_owned()),
        Do::Tick
        | Do::Accept
        | Do::Carry
        | Do::Dismiss
        | Do::Issue
        | Do::Test
        | Do::Take
        | Do::CopyMarkdown => match state.focus {
            Focus::Halves | Focus::Commits if act != Do::CopyMarkdown => {
                Some("no item is selected".to_owned())
            }
            _ => decide::why_not(state, seen),
        },
        Do::Open => match state.focus {
            Focus::Decide => decide::why_not(state, seen),
            Focus::Halves if state.debt.commits.is_empty() => {
                Some("nobody has committed this week".to_owned())
            }
            Focus::Commits => Some("esc goes back".to_owned()),
            Focus::List(_) if line.is_none() => Some("the list has no line yet".to_owned()),
            _ => None,
        },
        Do::FromReview if lines::not_taken(seen).is_empty() => {
            Some("the review has no refactor that is not here".to_owned())
        }
        Do::Close if seen.overview.is_none() => Some("the index is still being read".to_owned()),
        Do::Close if seen.scanned().is_none() && seen.written().record().paid_back.is_none() => {
            Some("nothing is scanned yet: day 4 is closed with what was found".to_owned())
        }
        Do::Close => {
            let count = state.debt.without_decision();
            let closed = seen.written().record().paid_back.is_some();
            (count > 0 && !closed).then(|| Refusal::Undecided { count }.to_string())
        }
        _ if exported!(act).is_some() && seen.overview.is_none() => {
            Some("the index is still being read".to_owned())
        }
        _ => None,
    }
}

fn close(state: &State, seen: &Seen<'_>) -> Reply {
    let week = seen.name;
    Reply::write(match seen.written().record().paid_back {
        Some(_) => PaybackCommand::Reopen { week },
        None => PaybackCommand::Close {
            week,
            undecided: state.debt.without_decision(),
        },
    })
}

fn open(state: &mut State, seen: &Seen<'_>) -> Reply {
    match state.focus {
        Focus::Decide => match state.undecided(seen) {
            Some(item) => Reply::item(&item.repository, &item.id),
            None => Reply::default(),
        },
        Focus::Halves => {
            state.focus = Focus::Commits;
            state.settle(seen);
            Reply::default()
        }
        Focus::List(_) => match state.line(seen) {
            Some(check) => lines::edit(seen, check),
            None => Reply::default(),
        },
        Focus::Commits => Reply::default(),
    }
}

/// The debt of the week that is shown.
fn export(seen: &Seen<'_>, format: Format) -> Reply {
    let Some(overview) = seen.overview else {
        return Reply::default();
    };
    let report = &overview.report;
    let items = report.items.iter();
    let items = items.filter(|item| is_with_week(overview, item)).cloned();
    let week = &overview.week;
    let suspected = report.suspected.iter();
    let suspected = suspected.filter(|it| week.is_hack_day(it.introduced.time.to_utc()));
    let mut own = report.only(
        ReportScope::Week,
        items.collect(),
        suspected.cloned().collect(),
    );
    let after = WeekDebt::of(report, week, seen.now).after_hack_days;
    own.totals.introduced_after_hack_days = after;
    let report = own;
    Reply::export(Document::Debt(Box::new(report)), format)
}

/// Takes the answers of a form.
///
/// # Errors
/// A field that says nothing that can be used.
pub fn answered(
    state: &mut State,
    seen: &Seen<'_>,
    asked: &Asked,
    values: &[String],
) -> Result<Reply, Problem> {
    let text = values.first().map_or("", String::as_str);
    let reason = || match text {
        "" => Err(Problem::new(0, "a reason is needed: a few words")),
        reason => Ok(reason.to_owned()),
    };
    Ok(match asked {
        Asked::Add => {
            let (reply, list) = lines::added(seen, values)?;
            let list = LISTS.iter().position(|other| *other == list);
            if let Some(list) = list {
                // The new line is the last of its list.
                state.focus = Focus::List(list);
                state.lists[list].hold("");
                state.lists[list].row = usize::MAX;
            }
            reply
        }
        Asked::Edit(check) => lines::edited(seen, check, values)?,
        Asked::Accept(item) => {
            let reason = reason()?;
            match seen.me() {
                Some(me) => {
                    let kind = DecisionKind::Accepted;
                    decide::said(seen, item.clone(), kind, Some(reason), me)
                }
                None => Reply::default(),
            }
        }
        Asked::Issue(item) => Reply::write(PaybackCommand::Issue {
            item: item.clone(),
            issue: text.to_owned(),
        }),
        Asked::TestOfItem(item) => Reply::write(PaybackCommand::Test {
            item: item.clone(),
            test: text.to_owned(),
        }),
        Asked::TestOfFinding(finding) => Reply::write(lines::tested(finding, text)),
        Asked::Unlock(finding) => Reply::write(ReviewCommand::Unlock {
            finding: finding.clone(),
            reason: reason()?,
        }),
    })
}
