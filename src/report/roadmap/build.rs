//! From the board to the roadmap.

use chrono::{DateTime, Days, Utc};

use super::{
    After, Break, Feature, Hack, LAST, Moved, Odds, Pace, PaceRow, Projection, Roadmap, SCHEMA,
};
use crate::week::forecast::{Draws, FEWEST_WEEKS, Forecast};
use crate::week::hacks::Hacks;
use crate::week::payback::DecisionKind;
use crate::week::record::Figures;
use crate::week::roadmap::{Feature as Written, Milestone, spans};
use crate::week::{Board, Calendar, WeekName};

/// How many coming hacks are listed at least.
const FEWEST_COMING: usize = 6;

/// How many hacks a forecast looks ahead: what lies farther is not said.
const FARTHEST: usize = 104;

/// Both milestones.
const MILESTONES: [Milestone; 2] = [Milestone::Alpha, Milestone::Beta];

/// What a roadmap is made of.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What people wrote.
    pub board: &'a Board,
    /// What lays out weeks.
    pub calendar: &'a Calendar,
    /// Now.
    pub now: DateTime<Utc>,
    /// How many items of this week's debt were paid in time, as long as its figures are not written.
    pub debt_paid: Option<u32>,
    /// How many tasks each coming hack is to do; `None`: as the last ones did.
    pub tasks_each: Option<u32>,
    /// By how many tasks the scope is to grow; `None`: as somebody set it, or else as it did.
    pub growth: Option<u32>,
}

/// A hack that is over.
struct Over {
    week: WeekName,
    figures: Figures,
}

/// The roadmap. This week counts among the hacks that are over once its last day has begun or it is
/// closed; before that it is the first of the coming ones.
pub fn roadmap(asked: &Asked<'_>) -> Roadmap {
    let Asked {
        board, calendar, ..
    } = *asked;
    let this = calendar.week_of(asked.now);
    let hacks = Hacks::new(board, calendar, this);
    let over = over(asked, this);
    let last = &over[over.len().saturating_sub(LAST)..];
    let first = match over.last() {
        Some(over) if over.week == this => this.next().unwrap_or(this),
        _ => this,
    };
    let pace = pace(asked, hacks, last);
    let draws = draws_of(&pace);
    let forecasts = MILESTONES.map(|milestone| {
        let own = |feature: &&Written| feature.stage == milestone;
        let any = board.features().iter().any(own);
        let left = board.left_to(milestone);
        let forecast = Forecast::of(left, &draws).filter(|_| left > 0);
        any.then_some((milestone, left, forecast))
    });
    let mut spans = spans(&board.features(), average(&pace.draws));
    let farthest = spans.last().map_or(0, |span| whole(span.to));
    let odds = forecasts.iter().flatten();
    let odds = odds.filter_map(|(_, _, forecast)| Some(forecast.as_ref()?.odds.len()));
    let needed = odds.max().unwrap_or(0).min(FARTHEST);
    let needed = needed.max(farthest).max(FEWEST_COMING);
    let coming: Vec<WeekName> = hacks.from(first).take(needed).collect();
    let features = board.features().into_iter().map(|feature| Feature {
        id: feature.id.to_string(),
        name: feature.name.clone(),
        stage: feature.stage,
        left: feature.left,
        times_carried: board.times_carried(&feature.id) as u64,
        worked: feature.worked.iter().map(WeekName::to_string).collect(),
        span: (spans.iter_mut())
            .find(|span| span.feature == feature.id)
            .map(|span| (span.from, span.to)),
    });
    let hack = |week: &WeekName| hack(calendar, hacks, *week);
    let written = board.roadmap();
    let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Roadmap {
        schema: SCHEMA.to_owned(),
        generated_at: calendar.zone().local(asked.now).fixed_offset(),
        title: board.title_at(this).map(str::to_owned),
        is: filled(&written.is),
        solves: filled(&written.solves),
        done: over.iter().map(|it| u64::from(it.done())).sum(),
        features: features.collect(),
        without_hacks: breaks(hacks, first, coming.last().copied()),
        milestones: (forecasts.iter().flatten())
            .map(|(milestone, left, forecast)| {
                projection(*milestone, *left, forecast.as_ref(), &coming, &hack)
            })
            .collect(),
        coming: coming.iter().map(hack).collect(),
        after: after(asked, hacks, &over, &forecasts),
        pace,
    }
}

/// The hacks that are over, oldest first.
fn over(asked: &Asked<'_>, this: WeekName) -> Vec<Over> {
    let board = asked.board;
    let mut weeks = board.hack_weeks();
    weeks.retain(|week| *week <= this);
    let over = weeks.into_iter().filter_map(|week| {
        let written = board.week(week);
        let record = written.record();
        if week == this && record.closed.is_none() && !last_day_began(asked, this) {
            return None;
        }
        let mut figures = record.figures.unwrap_or_else(|| written.figures());
        if record.figures.is_none() && week != this {
            // What was left at its end, nobody wrote down.
            (figures.alpha_left, figures.beta_left) = (None, None);
        }
        if week == this {
            figures.debt_paid = figures.debt_paid.or(asked.debt_paid);
        }
        figures.tasks_done?;
        Some(Over { week, figures })
    });
    over.collect()
}

fn last_day_began(asked: &Asked<'_>, this: WeekName) -> bool {
    let week = asked.calendar.week(this);
    let today = asked.calendar.zone().date_of(asked.now);
    week.days().last().is_some_and(|day| today >= day.date)
}

impl Over {
    fn done(&self) -> u32 {
        self.figures.tasks_done.unwrap_or(0)
    }

    fn left(&self, milestone: Milestone) -> Option<u32> {
        match milestone {
            Milestone::Alpha => self.figures.alpha_left,
            Milestone::Beta => self.figures.beta_left,
        }
    }
}

fn pace(asked: &Asked<'_>, hacks: Hacks<'_>, last: &[Over]) -> Pace {
    let row = |over: &Over| PaceRow {
        hack: hacks.number(over.week),
        week: over.week.to_string(),
        planned: over.figures.tasks_planned,
        done: over.done(),
    };
    let draws = match asked.tasks_each {
        Some(tasks) => vec![tasks; FEWEST_WEEKS],
        None => last.iter().map(Over::done).collect(),
    };
    let set = asked.growth.or(asked.board.roadmap().growth);
    let draws = Draws::of(draws, set.unwrap_or_else(|| grew_on_average(last)));
    Pace {
        hacks: last.iter().map(row).collect(),
        draws: draws.done,
        growth: draws.growth,
        runs: draws.runs,
        seed: draws.seed,
        what_if: asked.tasks_each.is_some() || asked.growth.is_some(),
    }
}

fn draws_of(pace: &Pace) -> Draws {
    Draws {
        done: pace.draws.clone(),
        growth: pace.growth,
        runs: pace.runs,
        seed: pace.seed,
    }
}

/// By how many tasks the scope grew in a hack: what is left now and what was done, beyond what was
/// left before.
fn grew(before: &Over, over: &Over) -> Option<i64> {
    let (now, then) = (over.left(Milestone::Beta)?, before.left(Milestone::Beta)?);
    Some(i64::from(now) + i64::from(over.done()) - i64::from(then))
}

fn grew_on_average(last: &[Over]) -> u32 {
    let pairs = last.iter().zip(last.iter().skip(1));
    let grew: Vec<i64> = pairs.filter_map(|(a, b)| grew(a, b)).collect();
    let count = i64::try_from(grew.len()).unwrap_or(1).max(1);
    let mean = (grew.iter().sum::<i64>() + count / 2).div_euclid(count);
    u32::try_from(mean.max(0)).unwrap_or(0)
}

fn average(draws: &[u32]) -> f64 {
    if draws.len() < FEWEST_WEEKS {
        return 0.0;
    }
    draws.iter().copied().map(f64::from).sum::<f64>() / draws.len() as f64
}

/// How many whole weeks a length in weeks takes, as far as a year: features that lie farther away
/// are not drawn.
fn whole(weeks: f64) -> usize {
    // Between 0 and 53.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let weeks = weeks.ceil().clamp(0.0, 53.0) as usize;
    weeks
}

fn hack(calendar: &Calendar, hacks: Hacks<'_>, week: WeekName) -> Hack {
    let last = calendar.week(week).days().last().map(|day| day.date);
    Hack {
        hack: hacks.number(week),
        week: week.to_string(),
        date: last.unwrap_or(week.monday()),
    }
}

fn projection(
    milestone: Milestone,
    left: u32,
    forecast: Option<&Forecast>,
    coming: &[WeekName],
    hack: &impl Fn(&WeekName) -> Hack,
) -> Projection {
    let weeks = forecast.map_or(0, |forecast| forecast.odds.len());
    let odds = coming
        .iter()
        .take(weeks.min(FARTHEST))
        .enumerate()
        .map(|(at, week)| {
            let Hack { hack, week, date } = hack(week);
            let percent = forecast.and_then(|forecast| forecast.percent(at + 1));
            Odds {
                hack,
                week,
                date,
                percent: percent.unwrap_or(0),
            }
        });
    let odds: Vec<Odds> = odds.collect();
    let place = |week: Option<usize>| {
        week.and_then(|week| week.checked_sub(1))
            .filter(|at| *at < odds.len())
    };
    let average = place(forecast.and_then(|forecast| forecast.average));
    let say = place(forecast.and_then(Forecast::to_say));
    Projection {
        milestone,
        left,
        average,
        say,
        odds,
    }
}

/// The weeks without a hack between two, those that follow each other as one.
fn breaks(hacks: Hacks<'_>, first: WeekName, last: Option<WeekName>) -> Vec<Break> {
    let Some(last) = last else {
        return Vec::new();
    };
    let weeks = std::iter::successors(Some(first), |week| week.next());
    let weeks = weeks.take_while(|week| *week < last);
    let mut breaks: Vec<Break> = Vec::new();
    for week in weeks.filter(|week| !hacks.may_have(*week)) {
        let monday = week.monday();
        let friday = monday.checked_add_days(Days::new(4)).unwrap_or(monday);
        match breaks.last_mut() {
            Some(open) if (monday - open.last).num_days() <= 3 => open.last = friday,
            _ => breaks.push(Break {
                first: monday,
                last: friday,
            }),
        }
    }
    breaks
}

type Known = Option<(Milestone, u32, Option<Forecast>)>;

fn after(
    asked: &Asked<'_>,
    hacks: Hacks<'_>,
    over: &[Over],
    forecasts: &[Known; 2],
) -> Option<After> {
    let (last, before) = over.split_last()?;
    let next = last.week.next().and_then(|week| hacks.from(week).next());
    // What is asked for is no news about the last hack.
    let hypothetical = asked.tasks_each.is_some() || asked.growth.is_some();
    let moved = forecasts.iter().flatten().filter_map(|known| {
        let (milestone, _, now) = known;
        let now = now.as_ref().filter(|_| !hypothetical)?;
        let to = hacks
            .from(last.week.next()?)
            .nth(now.to_say()?.checked_sub(1)?);
        let earlier = &before[before.len().saturating_sub(LAST)..];
        let growth = asked.board.roadmap().growth;
        let growth = growth.unwrap_or_else(|| grew_on_average(earlier));
        let done = earlier.iter().map(Over::done).collect();
        let left = before.last()?.left(*milestone)?;
        let then = Forecast::of(left, &Draws::of(done, growth))?;
        let from = std::iter::once(last.week)
            .chain(hacks.from(last.week.next()?))
            .nth(then.to_say()?.checked_sub(1)?);
        Some(Moved {
            milestone: *milestone,
            from: hacks.number(from?)?,
            to: hacks.number(to?)?,
        })
    });
    Some(After {
        hack: hacks.number(last.week),
        planned: last.figures.tasks_planned,
        done: last.done(),
        next: next.and_then(|week| hacks.number(week)),
        moved: moved.collect(),
        scope_grew: before.last().and_then(|before| grew(before, last)),
        carried_costs: carried_costs(asked.board, last),
    })
}

fn carried_costs(board: &Board, last: &Over) -> Option<f64> {
    let carried = board.debts.values().filter(|word| {
        let decision = word.decision.as_ref();
        word.carried.contains(&last.week)
            || decision.is_some_and(|it| it.kind == DecisionKind::Carried && it.week == last.week)
    });
    let paid = last.figures.debt_paid.filter(|paid| *paid > 0)?;
    let carried = carried.count() as f64;
    (carried > 0.0).then(|| carried * f64::from(last.done()) / f64::from(paid))
}
