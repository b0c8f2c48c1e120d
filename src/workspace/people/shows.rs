//! The hacks of the demo: who shows what, what was seen, what becomes of it.

use super::naming::{Search, Thing, find, short};
use super::{People, Written};
use crate::report::boards::{SCHEMA_SHOWS, Show as Row, ShowPage};
use crate::week::demo::{DemoCommand, Show, Verdict};
use crate::week::round::RoundName;
use crate::week::{Board, Id};
use crate::workspace::{Error, Workspace};

/// What is done to a hack of the demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShowChange {
    /// It was seen, or was not.
    Seen(bool),
    /// An item of debt was seen with it.
    Debt(String),
    /// It goes.
    Undo,
    /// It stays.
    Keep,
    /// Nobody says.
    Undecided,
    /// It comes off the list.
    Delete,
}

impl Workspace {
    /// Lists the hacks of the asked week's demo, and who shows in which order.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub fn show_page(&self) -> Result<ShowPage, Error> {
        let board = self.own_board()?;
        let name = self.week().name();
        let row = |show: &Show| Row {
            id: short(&board, &show.id),
            what: show.what.clone(),
            by: board.name(&show.by).to_owned(),
            seen_at: show.seen_at.map(|at| self.local(at)),
            verdict: word(show.verdict).to_owned(),
            debt: show.debt.iter().map(|item| board.debt_name(item)).collect(),
        };
        let demo_at = board.week(name).record().demo_at;
        Ok(ShowPage {
            schema: SCHEMA_SHOWS.to_owned(),
            week: name.to_string(),
            demo_at: demo_at.map(|at| self.local(at)),
            shows: board.week(name).shows().into_iter().map(row).collect(),
            speakers: self.speakers(&board, RoundName::Demo(name)),
        })
    }
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Undecided => "undecided",
        Verdict::Undo => "undo",
        Verdict::Keep => "keep",
    }
}

impl People {
    /// Puts a hack on the list of the demo; `None`: the user shows it.
    ///
    /// # Errors
    /// Somebody who is nobody; as for [`People::decide`].
    pub fn add_show(&mut self, what: &str, by: Option<&str>) -> Result<Written, Error> {
        let by = self.person(by.unwrap_or("me"))?;
        let week = self.week;
        self.decide(DemoCommand::Add {
            week,
            by,
            what: what.to_owned(),
        })
    }

    /// Changes the hack that `given` names.
    ///
    /// # Errors
    /// A hack or an item that is not there; as for [`People::decide`].
    pub fn change_show(
        &mut self,
        given: &str,
        change: &ShowChange,
        workspace: &Workspace,
    ) -> Result<Written, Error> {
        let show = which(self.board(), given)?;
        let judge = |show, verdict| DemoCommand::Judge { show, verdict };
        let command = match change {
            ShowChange::Seen(seen) => DemoCommand::See { show, seen: *seen },
            ShowChange::Debt(item) => DemoCommand::SeeDebt {
                show,
                item: workspace.debt_item(item)?,
            },
            ShowChange::Undo => judge(show, Verdict::Undo),
            ShowChange::Keep => judge(show, Verdict::Keep),
            ShowChange::Undecided => judge(show, Verdict::Undecided),
            ShowChange::Delete => DemoCommand::Delete { show },
        };
        self.decide(command)
    }
}

fn which(board: &Board, given: &str) -> Result<Id, Error> {
    let shows = board.shows.values().map(|show| Thing {
        id: &show.id,
        words: &show.what,
    });
    let search = Search {
        what: "hack",
        list: "hackweek show list",
        given,
    };
    Ok(find(board, &search, shows)?)
}
