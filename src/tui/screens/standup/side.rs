//! The clock of who speaks, what the day is for, the debt so far, and what is in the way.

use chrono::{DateTime, TimeDelta, Utc};
use ratatui::layout::Rect;

use super::below::{cursor, first};
use super::demo;
use super::panes::Focus;
use super::state::State;
use super::words::{distance, hour, length, when};
use crate::report::safe_text::width;
use crate::report::words::{count, plural};
use crate::tui::screens::called::{name, short_name};
use crate::tui::screens::debt::carried_in;
use crate::tui::seen::{Seen, UNSCANNED};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::wrap;
use crate::tui::widgets::wording::Theirs;
use crate::tui::widgets::{digits, gauge};
use crate::week::burndown::Point;
use crate::week::round::{Round, Speaker};
use crate::week::standup::Blocker;
use crate::week::timer::clock;
use crate::week::{Phase, Week};

/// Where the parts of the side are; one without room has no height. The rule of each is its first
/// row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub clock: Rect,
    pub phase: Rect,
    pub debt: Rect,
    /// The blockers; in the demo, what is shown.
    pub list: Rect,
}

/// Lays out the side.
pub(super) fn parts(area: Rect, is_demo: bool) -> Parts {
    let clock = match area.height {
        0..8 => area.height.min(1),
        8..15 => 3,
        15..22 => 6,
        _ => 9,
    };
    let (phase, debt) = match area.height {
        _ if is_demo => (0, 0),
        0..10 => (0, 0),
        10..17 => (0, 4),
        17..22 => (4, 4),
        _ => (5, 5),
    };
    let mut y = area.y;
    let mut next = |height: u16| {
        let part = Rect { y, height, ..area };
        y = y.saturating_add(height);
        part
    };
    let (clock, phase, debt) = (next(clock), next(phase), next(debt));
    let list = Rect {
        y: debt.bottom(),
        height: area.bottom().saturating_sub(debt.bottom()),
        ..area
    };
    Parts {
        clock,
        phase,
        debt,
        list,
    }
}

/// Draws it.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let is_demo = state.is_demo(seen);
    let parts = parts(area, is_demo);
    draw_clock(canvas, parts.clock, state, seen);
    draw_phase(canvas, parts.phase, seen);
    draw_debt(canvas, parts.debt, state, seen);
    match is_demo {
        true => demo::draw(canvas, parts.list, state, seen),
        false => draw_blockers(canvas, parts.list, state, seen),
    }
}

/// `0:41 of 1:30`, and whether the clock stands.
pub(super) fn spoken(speaker: &Speaker, round: &Round, seen: &Seen<'_>) -> String {
    let each = TimeDelta::seconds(round.seconds_each.into());
    let spent = speaker.timer.spent(seen.now);
    let paused = if speaker.timer.runs() { "" } else { ", paused" };
    format!("{} of {}{paused}", clock(spent), clock(each))
}

fn draw_clock(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let round = state.round(seen);
    let is_demo = state.is_demo(seen);
    let what = if is_demo { "demo" } else { "standup" };
    let each = TimeDelta::seconds(round.seconds_each.into());
    let (title, right, big, spent) = match (round.speaking(), round.ended) {
        (Some((_, speaker)), _) => {
            let spent = speaker.timer.spent(seen.now);
            let who = name(seen, &speaker.person);
            (who, spoken(speaker, &round, seen), spent, spent)
        }
        (None, Some(_)) => {
            let lasted = round.lasted(seen.now);
            (capital(what), "over".to_owned(), lasted, TimeDelta::zero())
        }
        (None, None) => {
            let right = "not begun".to_owned();
            (capital(what), right, each, TimeDelta::zero())
        }
    };
    canvas.rule(area, area.y, false, &Theirs(&title), &right);
    let runs = round.speaking().is_some_and(|(_, it)| it.timer.runs());
    let over = spent > each;
    let ink = match (over, runs) {
        (true, _) => Ink::Warn,
        (false, true) => Ink::Strong,
        (false, false) => Ink::Dim,
    };
    let end = area.right().saturating_sub(1);
    let room = area.width.saturating_sub(2);
    let mut y = area.y + 1;
    let blank = u16::from(area.height >= 9);
    if area.height >= 6 {
        y += blank;
        let text = clock(big);
        let wide = width(&digits::rows(&text, false)[0]);
        let wide = u16::try_from(wide).unwrap_or(room).min(room);
        let x = area.x + 1 + (room - wide) / 2;
        digits::draw(canvas, (x, y), room, &text, ink);
        y += digits::ROWS + blank;
    }
    if area.height >= 3 {
        let ink = if over { Ink::Warn } else { Ink::Accent };
        let whole = each.num_seconds();
        gauge::draw(
            canvas,
            (area.x + 1, y),
            room,
            spent.num_seconds(),
            whole,
            ink,
        );
        y += 1;
        let (text, ink) = lasts(&round, what, seen);
        canvas.text(area.x + 1, y, end.saturating_sub(area.x + 1), &text, ink);
    }
}

/// `standup 2:14 of 15:00, on time`, and the same without what there is no room for.
fn lasts(round: &Round, what: &str, seen: &Seen<'_>) -> (Vec<String>, Ink) {
    let lasted = clock(round.lasted(seen.now));
    let limit = match round.limit {
        0 => String::new(),
        limit => format!(" of {}", clock(TimeDelta::seconds(limit.into()))),
    };
    if round.began.is_none() {
        let people = match round.speakers.len() {
            0 => String::new(),
            many => format!("{}, ", plural(many as u64, "person", "people")),
        };
        let each = clock(TimeDelta::seconds(round.seconds_each.into()));
        let in_all = match limit.strip_prefix(" of ") {
            Some(limit) => format!(", {limit} in all"),
            None => String::new(),
        };
        let all = format!("{people}{each} each");
        return (vec![format!("{all}{in_all}"), all], Ink::Dim);
    }
    let behind = round.behind(seen.now);
    match behind > TimeDelta::zero() {
        true => {
            let late = format!("{} late", clock(behind));
            let text = vec![
                format!("{what} {lasted}{limit}, {late}"),
                format!("{what} {lasted}, {late}"),
                late,
            ];
            (text, Ink::Warn)
        }
        false => {
            let text = vec![
                format!("{what} {lasted}{limit}, on time"),
                format!("{what} {lasted}, on time"),
            ];
            (text, Ink::Plain)
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        format!("{}{}", first.to_uppercase(), letters.as_str())
    })
}

/// `Demo at 16:00, in 6h 28m.`; nothing once it is over or where none is planned.
pub(super) fn demo_words(seen: &Seen<'_>) -> Option<String> {
    let at = seen.written().record().demo_at?;
    let zone = seen.week().zone();
    let when = match zone.date_of(at) == zone.date_of(seen.now) {
        true => format!("at {}", hour(seen, at)),
        false => when(seen, at),
    };
    (at > seen.now).then(|| format!("Demo {when}, {}.", distance(at, seen.now)))
}

/// What the day is for.
pub(super) fn phase_words(seen: &Seen<'_>) -> Vec<String> {
    let record = seen.written().record();
    let phase = seen.week().day_at(seen.now).map(|day| day.phase);
    let due = || format!("Due {}, {}.", due_day(seen), due_left(seen));
    let mut lines: Vec<String> = match phase {
        Some(Phase::PlanAndHack | Phase::HackAndDemo) => {
            vec!["Hack fast. Leave TODOs on purpose. Fix forward.".to_owned()]
        }
        Some(Phase::Review) => vec![
            "What to refactor, change, delete?".to_owned(),
            "Show good, bad and embarrassing.".to_owned(),
        ],
        Some(Phase::PayBack) => vec![
            "Document, test, refactor.".to_owned(),
            "Tests come first.".to_owned(),
            due(),
        ],
        Some(Phase::Retro) => vec!["More of the same, then the retro.".to_owned()],
        None => vec!["No work today.".to_owned()],
    };
    match phase {
        Some(Phase::PlanAndHack | Phase::HackAndDemo) => lines.extend(demo_words(seen)),
        Some(Phase::Retro) if !record.beer.is_empty() => lines.push(record.beer),
        _ => {}
    }
    lines
}

fn draw_phase(canvas: &mut Canvas<'_>, area: Rect, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let week = seen.week();
    let hacks = week.days().iter().filter(|day| day.hack);
    let title = match week.day_at(seen.now) {
        Some(day) if day.hack => {
            let nth = hacks.clone().filter(|other| other.number <= day.number);
            format!("Hack day {} of {}", nth.count(), hacks.count())
        }
        Some(day) => format!("Day {}: {}", day.number, day.phase),
        None if seen.now < week.span().start => "Before the week".to_owned(),
        None if seen.now >= week.span().end => "After the week".to_owned(),
        None => "A free day".to_owned(),
    };
    canvas.rule(area, area.y, false, &title, "");
    // As far as the edge: at 35 columns it is a word more.
    let room = area.width.saturating_sub(1);
    let rows = usize::from(area.height.saturating_sub(1)).min(3);
    let more = canvas.glyphs().more;
    let lines = phase_words(seen)
        .into_iter()
        .flat_map(|text| wrap(&text, usize::from(room), 2, more));
    for (line, y) in lines.take(rows).zip(area.y + 1..) {
        canvas.text(area.x + 1, y, room, &line, Ink::Plain);
    }
}

/// `Thu 18:00`.
pub(super) fn due_day(seen: &Seen<'_>) -> String {
    let due = seen.week().deadline();
    match due.format("%H:%M:%S").to_string().as_str() {
        "23:59:59" => format!("by the end of {}", due.format("%a")),
        _ => due.format("%a %H:%M").to_string(),
    }
}

fn due_left(seen: &Seen<'_>) -> String {
    distance(seen.week().deadline().to_utc(), seen.now)
}

/// `due by the end of Thu, in 2d 14h 29m`; where that is too long without its minutes, and then without
/// the day, which the strip of days says as well.
fn due_text(word: &str, day: &str, left: &str) -> [String; 4] {
    let hours = left.split_whitespace().filter(|part| !is_minutes(part));
    let hours = hours.collect::<Vec<_>>().join(" ");
    [
        format!("{word} {day}, {left}"),
        format!("{word} {day}, {hours}"),
        format!("{word} {left}"),
        format!("{word} {day}"),
    ]
}

/// Whether a word is `29m`.
fn is_minutes(word: &str) -> bool {
    let number = word.strip_suffix('m').unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn draw_debt(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let Some(debt) = state.standup.as_ref().map(|it| &it.debt) else {
        canvas.rule(area, area.y, false, "Debt of this week", "");
        return;
    };
    if seen.scanned().is_none() {
        canvas.rule(area, area.y, false, "Debt of this week", "");
        let room = area.width.saturating_sub(2);
        canvas.text(area.x + 1, area.y + 1, room, &UNSCANNED[..], Ink::Dim);
        return;
    }
    let open = format!("{} open", count(debt.open));
    let (title, open) = match debt.carried_in.as_ref().map_or(0, |it| it.open) {
        0 => ("Debt of this week", open),
        carried => ("Debt", format!("{open}, {} carried in", count(carried))),
    };
    canvas.rule(area, area.y, false, title, &open);
    let room = area.width.saturating_sub(2);
    let decided = match (debt.carried, debt.dismissed) {
        (0, 0) => format!("accepted {}", count(debt.accepted)),
        (carried, dismissed) => format!("decided {}", count(debt.accepted + carried + dismissed)),
    };
    let (opened, paid) = (count(debt.opened), count(debt.gone()));
    let text = [
        format!("opened {opened}   paid {paid}   {decided}"),
        format!("opened {opened}  paid {paid}  {decided}"),
        format!("opened {opened}  paid {paid}"),
    ];
    let x = area.x + 1;
    canvas.text(x, area.y + 1, room, &text, Ink::Plain);
    let points = state.chart.as_ref().map_or(&[][..], |chart| &chart.points);
    let bars = canvas.glyphs().bars;
    // Where nothing of the week's own can be drawn, there is room for what came with it.
    let line = match seen
        .overview
        .and_then(carried_in)
        .filter(|_| debt.opened == 0)
    {
        Some((title, _)) => title,
        None => spark(points, &seen.week(), usize::from(room), &bars),
    };
    canvas.text(x, area.y + 2, room, &line, Ink::Plain);
    let due = seen.week().deadline().to_utc();
    let late = seen.now > due && debt.left() > 0;
    let word = if seen.now > due { "was due" } else { "due" };
    let text = due_text(word, &due_day(seen), &due_left(seen));
    let ink = if late { Ink::Bad } else { Ink::Plain };
    canvas.text(x, area.y + 3, room, &text, ink);
}

/// `Mon ▁▁▂▃▄▅▆▇   Tue ▇`: what was open by the hours of the days that have begun, as finely as
/// there is room for.
fn spark(points: &[Point], week: &Week, room: usize, bars: &[&str; 8]) -> String {
    let begun: Vec<&Point> = points.iter().filter(|point| point.open.is_some()).collect();
    let top = begun
        .iter()
        .filter_map(|point| point.open)
        .max()
        .unwrap_or(0)
        .max(1);
    let mut days: Vec<u8> = begun.iter().map(|point| point.day).collect();
    days.dedup();
    for (step, gap) in [(1, 3), (2, 3), (2, 1), (3, 1), (4, 1)] {
        let parts = days.iter().map(|number| {
            let day = week.day(*number);
            let day = day.map_or_else(String::new, |day| day.date.format("%a").to_string());
            let hours: Vec<&&Point> = begun.iter().filter(|it| it.day == *number).collect();
            // The last hour of each group, so that the newest is always there.
            let some = hours.rchunks(step).rev().filter_map(|group| group.last());
            let bars = some.map(|point| match point.open.unwrap_or(0) {
                0 => " ",
                open => bars[(open * 8).div_ceil(top).clamp(1, 8) - 1],
            });
            format!("{day} {}", bars.collect::<String>())
        });
        let line = parts.collect::<Vec<_>>().join(&" ".repeat(gap));
        if width(&line) <= room {
            return line;
        }
    }
    String::new()
}

fn draw_blockers(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let focused = state.focus == Focus::Side;
    let blockers = state.blockers(seen);
    let open = blockers.iter().filter(|blocker| blocker.is_open()).count();
    let right = format!("{} open", count(open as u64));
    canvas.rule(area, area.y, focused, "Blockers", &right);
    let glyphs = canvas.glyphs();
    let at = state.cursors[Focus::Side as usize].at;
    let first = first(area, at, blockers.len());
    let names = blockers.iter().map(|it| width(&name(seen, &it.person)));
    let names = names.max().unwrap_or(0).min(8);
    let shown = blockers.iter().enumerate().skip(first);
    for ((nth, blocker), y) in shown.zip(area.y + 1..area.bottom()) {
        let (sign, ink) = match blocker.is_open() {
            true => (glyphs.missed, Ink::Warn),
            false => (glyphs.done, Ink::Good),
        };
        let plain = if blocker.is_open() {
            Ink::Plain
        } else {
            Ink::Dim
        };
        canvas.text(area.x + 1, y, 1, sign, ink);
        let end = area.right().saturating_sub(1);
        let age = age(blocker, seen);
        let wide = u16::try_from(width(&age)).unwrap_or(0).max(6);
        canvas.right(end, y, wide, &age, Ink::Dim);
        let cells = u16::try_from(names).unwrap_or(0);
        let who = short_name(seen.board(), &blocker.person, cells, glyphs.more);
        let x = end.saturating_sub(wide + 2 + u16::try_from(names).unwrap_or(0));
        canvas.text(x, y, u16::try_from(names).unwrap_or(0), &who, plain);
        let room = x.saturating_sub(area.x + 4);
        canvas.text(area.x + 3, y, room, &Theirs(&blocker.text), plain);
        cursor(
            canvas,
            Rect {
                x: area.x.saturating_sub(1),
                width: area.width + 1,
                ..area
            },
            y,
            focused && nth == at,
        );
    }
}

/// `day 2` of one that is open; how long one lasted that is solved.
fn age(blocker: &Blocker, seen: &Seen<'_>) -> String {
    let zone = seen.week().zone();
    let date = |at: DateTime<Utc>| zone.date_of(at);
    match blocker.is_open() {
        true => {
            let days = (date(seen.now) - date(blocker.since)).num_days().max(0) + 1;
            format!("day {days}")
        }
        false => length(blocker.age(seen.now)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::glyphs::UNICODE;
    use crate::tui::widgets::wording::Wording;
    use crate::week::made_up::{calendar, moment, week};

    fn points(days: u8) -> Vec<Point> {
        let hours = (1..=days).flat_map(|day| (0..8).map(move |hour| (day, hour)));
        let point = |(day, hour): (u8, usize)| Point {
            day,
            at: moment("16 10:00"),
            open: Some(hour + 1),
            plan: None,
        };
        hours.map(point).collect()
    }

    #[test]
    fn hours_are_drawn_as_finely_as_there_is_room_for() {
        let week = calendar().week(week());
        let draw = |days, room| spark(&points(days), &week, room, &UNICODE.bars);
        assert_eq!(draw(1, 33), "Mon ▁▂▃▄▅▆▇█");
        assert_eq!(draw(2, 33), "Mon ▁▂▃▄▅▆▇█   Tue ▁▂▃▄▅▆▇█");
        assert_eq!(draw(3, 33), "Mon ▂▄▆█   Tue ▂▄▆█   Wed ▂▄▆█");
        assert!(width(&draw(4, 33)) <= 33 && draw(4, 33).contains("Thu"));
        assert_eq!(draw(0, 33), "");
        assert_eq!(draw(4, 3), "");
    }

    #[test]
    fn when_debt_is_due_is_said_in_the_words_that_fit() {
        let said = |text: [String; 4], room| text.within(room, &UNICODE).into_owned();
        let due = |room| said(due_text("due", "by the end of Thu", "in 2d 14h 29m"), room);
        assert_eq!(due(36), "due by the end of Thu, in 2d 14h 29m");
        assert_eq!(due(33), "due by the end of Thu, in 2d 14h");
        assert_eq!(due(20), "due in 2d 14h 29m");
        let ago = |room| said(due_text("was due", "Thu 18:00", "1d 3h 5m ago"), room);
        assert_eq!(ago(27), "was due 1d 3h 5m ago");
        assert_eq!(ago(28), "was due Thu 18:00, 1d 3h ago");
    }

    #[test]
    fn parts_lie_below_each_other() {
        for height in 0..60 {
            for is_demo in [false, true] {
                let area = Rect::new(64, 4, 35, height);
                let parts = parts(area, is_demo);
                assert_eq!(parts.list.bottom(), area.bottom(), "{height}");
                assert_eq!(parts.phase.y, parts.clock.bottom());
                assert_eq!(parts.debt.y, parts.phase.bottom());
            }
        }
    }
}
