//! The roadmap in words: what the screen, the command and every format say alike.

use super::{After, Projection, Roadmap};
use crate::report::words::plural;
use crate::week::roadmap::Milestone;

/// The most hacks that are shown of a milestone.
const MOST_ROWS: usize = 4;

/// Which odds of a milestone to show, from the hack that the average names to the one to say; where
/// these are many, the first with even odds stands for those between.
pub fn rows_of(projection: &Projection) -> Vec<usize> {
    let last = projection.odds.len().checked_sub(1);
    let Some(last) = last else {
        return Vec::new();
    };
    let average = projection.average.unwrap_or(last);
    let say = projection.say.unwrap_or(last);
    let (from, to) = (average.min(say), average.max(say));
    if to - from < MOST_ROWS {
        return (from..=to).collect();
    }
    let even = projection.odds.iter().position(|odds| odds.percent >= 50);
    let mut rows = vec![from, even.unwrap_or(to).clamp(from, to), to];
    rows.dedup();
    rows
}

/// `hack 7`, or `the next hack` where it has no number.
fn hack(number: Option<u32>) -> String {
    number.map_or_else(|| "the next hack".to_owned(), |it| format!("hack {it}"))
}

/// What the last hack changed, as sentences.
pub fn after(after: &After) -> Vec<String> {
    let mut says = Vec::new();
    let next = hack(after.next);
    says.push(match after.planned {
        // Nobody plans nothing: a hack in which nothing was ticked off says nothing of the next.
        Some(planned) if after.done == 0 => format!("Planned {planned}, done none so far."),
        None if after.done == 0 => "Nothing is done so far.".to_owned(),
        Some(planned) if planned > after.done => format!(
            "Planned {planned}, done {}. Plan {} for {next}, not {planned}.",
            after.done, after.done
        ),
        Some(planned) => format!(
            "Planned {planned}, done {}. Plan {} for {next}.",
            after.done, after.done
        ),
        None => format!("Done {}. Plan {} for {next}.", after.done, after.done),
    });
    for moved in &after.moved {
        let name = match moved.milestone {
            Milestone::Alpha => "Alpha",
            Milestone::Beta => "Beta",
        };
        says.push(match moved.from == moved.to {
            true => format!("{name} stays at hack {}.", moved.to),
            false => format!(
                "{name} moved from hack {} to hack {}.",
                moved.from, moved.to
            ),
        });
    }
    let tasks = |count: u64| plural(count, "task", "tasks");
    says.extend(after.scope_grew.map(|grew| match grew {
        0 => "Scope stayed as it was.".to_owned(),
        1.. => format!("Scope grew by {}.", tasks(grew.unsigned_abs())),
        _ => format!("Scope shrank by {}.", tasks(grew.unsigned_abs())),
    }));
    says.extend(after.carried_costs.map(|costs| match costs {
        ..0.5 => "Carried debt costs less than half a task.".to_owned(),
        _ => {
            // At least 1, and far below what a float holds exactly.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let whole = costs.round().clamp(1.0, 1e9) as u64;
            format!("Carried debt costs about {}.", tasks(whole))
        }
    }));
    says.push("Counts only, nobody estimates.".to_owned());
    says
}

impl Roadmap {
    /// What the forecast is made of, as a sentence.
    pub fn method(&self) -> String {
        let pace = &self.pace;
        match pace.draws.len() {
            0 | 1 => "No pace yet: two hacks have to be over first.".to_owned(),
            _ => format!(
                "{} runs, seed {}. The same data gives the same dates.",
                crate::report::words::count(pace.runs.into()),
                pace.seed
            ),
        }
    }
}
