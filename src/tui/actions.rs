//! The one table of what a key can do: footer, key help, palette, `hackweek keys` and a user's own
//! keys are made from it. A screen's part of the table stands with the screen.

use super::screens::{Screen, debt, payback, plan, retro, review, roadmap, standup, start};

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Something that every screen has.
    Frame(Do),
    /// Something of the Standup screen.
    Standup(standup::Do),
    /// Something of the Plan screen.
    Plan(plan::Do),
    /// Something of the Debt screen.
    Debt(debt::Do),
    /// Something of the Review screen.
    Review(review::Do),
    /// Something of the Payback screen.
    Payback(payback::Do),
    /// Something of the Retro screen.
    Retro(retro::Do),
    /// Something of the Roadmap screen.
    Roadmap(roadmap::Do),
    /// Something of the first run.
    Start(start::Do),
}

/// Where an action can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// On every screen.
    Everywhere,
    /// On one screen.
    On(Screen),
}

/// Whether an action writes into the week that is shown. What a week that is over does not take
/// follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writes {
    /// It does, or asks for what is to be written.
    Always,
    /// That depends on what is selected.
    AsItStands,
    /// It looks, goes, copies, exports; or it writes of no week, as the roadmap does.
    Never,
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The action.
    pub action: Action,
    /// Its stable name, `debt.filter`.
    pub name: &'static str,
    /// The heading it stands under.
    pub group: &'static str,
    /// The keys where the user set none; several keys in a row are parted by blanks.
    pub keys: &'static [&'static str],
    /// Its word in row 30; none for what is not shown there. `menu/word` for one of several that
    /// begin with the same key.
    pub foot: &'static str,
    /// What it does, in a few words.
    pub says: &'static str,
    /// What it and the next row do together, where key help shows both in one line.
    pub both: Option<&'static str>,
    /// Whether it writes into the week that is shown.
    pub writes: Writes,
}

/// Defines an enum of actions together with its rows, so that none can be without the other.
macro_rules! actions {
    ($(#[$doc:meta])* $vis:vis enum $name:ident as $wrap:path {
        $($group:literal { $($variant:ident $id:literal [$($key:literal)*] $foot:literal $says:literal $(& $both:literal)? $(=> $writes:ident)?)* })*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        $vis enum $name { $($( #[doc = $says] $variant, )*)* }

        /// Their rows, in the order of the key help.
        $vis const ROWS: &[$crate::tui::actions::Row] = &[$($(
            $crate::tui::actions::Row {
                action: $wrap($name::$variant),
                name: $id,
                group: $group,
                keys: &[$($key),*],
                foot: $foot,
                says: $says,
                both: $crate::tui::actions::first(&[$($both)?]),
                writes: $crate::tui::actions::writes(&[$($crate::tui::actions::Writes::$writes)?]),
            },
        )*)*];
    };
}
pub(crate) use actions;

/// The first of at most one.
pub(crate) const fn first(words: &[&'static str]) -> Option<&'static str> {
    match words {
        [first, ..] => Some(first),
        [] => None,
    }
}

/// The one of at most one; without one an action never writes.
pub(crate) const fn writes(said: &[Writes]) -> Writes {
    match said {
        [said, ..] => *said,
        [] => Writes::Never,
    }
}

actions! {
    /// What every screen has.
    pub enum Do as Action::Frame {
        "Move" {
            Down "move.down" ["j" "down"] "" "down" & "down, up"
            Up "move.up" ["k" "up"] "" "up"
            Top "move.top" ["g g" "home"] "" "to the top" & "top, bottom"
            Bottom "move.bottom" ["G" "end"] "" "to the bottom"
            HalfDown "move.half_down" ["ctrl-d"] "" "half a page down" & "half a page"
            HalfUp "move.half_up" ["ctrl-u"] "" "half a page up"
            PageDown "move.page_down" ["pgdn" "ctrl-f"] "" "a page down" & "a page"
            PageUp "move.page_up" ["pgup" "ctrl-b"] "" "a page up"
            NextPane "move.next_pane" ["tab"] "tab more" "next pane" & "next, previous pane"
            PreviousPane "move.previous_pane" ["shift-tab"] "" "previous pane"
        }
        "Everywhere" {
            Standup "go.standup" ["1"] "" "the Standup screen"
            Plan "go.plan" ["2"] "" "the Plan screen"
            Debt "go.debt" ["3"] "" "the Debt screen"
            Review "go.review" ["4"] "" "the Review screen"
            Payback "go.payback" ["5"] "" "the Payback screen"
            Retro "go.retro" ["6"] "" "the Retro screen"
            Roadmap "go.roadmap" ["7"] "" "the Roadmap screen"
            Search "search" ["/"] "" "filter as you type"
            Undo "undo" ["u"] "" "undo" & "undo, redo"
            Redo "redo" ["ctrl-r"] "" "redo"
            WeekBefore "week.before" ["["] "" "the week before" & "week before, after"
            WeekAfter "week.after" ["]"] "" "the week after"
            ThisWeek "week.this" ["g w"] "" "back to this week"
            Reopen "week.reopen" [] "" "reopen this past week"
            Scan "scan.now" ["R"] "" "scan now"
            Palette "palette" [":" "ctrl-p"] "" "every command"
            Mouse "mouse" ["M"] "" "mouse on, off"
            Suspend "suspend" ["ctrl-z"] "" "suspend to the shell"
            Back "back" ["esc"] "" "back one step"
            Quit "quit" ["q" "ctrl-c"] "" "quit"
            Help "help" ["?" "f1"] "" "keys, searchable"
        }
    }
}

impl Do {
    /// By how many rows a movement goes where a page has so many; 0 for what is no movement.
    pub fn rows(self, page: i64) -> i64 {
        let page = page.max(1);
        match self {
            Do::Down => 1,
            Do::Up => -1,
            Do::Top => i64::MIN / 2,
            Do::Bottom => i64::MAX / 2,
            Do::HalfDown => (page / 2).max(1),
            Do::HalfUp => -(page / 2).max(1),
            Do::PageDown => page,
            Do::PageUp => -page,
            _ => 0,
        }
    }
}

/// All rows: those of every screen, then those of each one.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    let screens = Screen::ALL.iter().flat_map(|screen| screen.rows());
    ROWS.iter().chain(screens)
}

/// The row of an action.
pub fn row(action: Action) -> Option<&'static Row> {
    rows().find(|row| row.action == action)
}

impl Row {
    /// Its menu and its word there, if it is of one.
    pub fn menu(&self) -> Option<(&'static str, &'static str)> {
        self.foot.split_once('/')
    }
}

impl Action {
    /// Where it can be had.
    pub fn place(self) -> Place {
        self.screen().map_or(Place::Everywhere, Place::On)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_unique_and_say_what_they_do() {
        let mut names = HashSet::new();
        for row in rows() {
            assert!(names.insert(row.name), "{} is there twice", row.name);
            assert!(!row.says.is_empty(), "{}", row.name);
            let stable = |c: char| c.is_ascii_lowercase() || c == '.' || c == '_';
            assert!(row.name.chars().all(stable), "{}", row.name);
        }
    }

    #[test]
    fn nothing_needs_alt() {
        for row in rows() {
            assert!(row.keys.iter().all(|key| !key.contains("alt-")), "{row:?}");
        }
    }
}
