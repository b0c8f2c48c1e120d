//! The families of things that people write about, their fields, and what can be done to them.

use std::fmt;

/// What an event does to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Makes it, with its first fields.
    New,
    /// Sets fields.
    Set,
    /// Takes it away.
    Delete,
    /// Brings it back.
    Restore,
}

impl Verb {
    const ALL: [Self; 4] = [Self::New, Self::Set, Self::Delete, Self::Restore];

    /// The word of it in the kind of an event.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Set => "set",
            Self::Delete => "delete",
            Self::Restore => "restore",
        }
    }
}

macro_rules! families {
    ($($(#[$doc:meta])* $name:ident $word:literal [$($field:literal)*];)*) => {
        /// A family of things that people write about. The meaning of a kind or field never
        /// changes: what means something else gets a new name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Family { $($(#[$doc])* $name,)* }

        impl Family {
            /// All families.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word of it in the kind of an event.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The fields that this version knows; one that ends in `/` stands for all under it.
            pub fn fields(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($field),*],)* }
            }
        }
    };
}

families! {
    /// Somebody of the team.
    Person "person" ["name" "mails/" "order" "left"];
    /// A week, by its name.
    Week "week" ["number" "title" "goal" "demo_at" "beer" "skipped" "planning" "mood/" "figures" "paid_back" "closed"];
    /// A task.
    Task "task" ["week" "text" "owner" "day" "status" "done_at" "order" "feature" "waits/" "gives/" "carried/" "note"];
    /// A promise.
    Promise "promise" ["week" "from" "to/" "what" "shape" "stand_in" "stand_in_path" "due" "state" "real_at" "said/" "waits/" "order"];
    /// People in turn, by what for and when: `standup/2026-11-17`, `demo/2026-W47`.
    Round "round" ["order" "seed" "seconds" "limit" "away/" "turn/" "began" "ended"];
    /// What stops somebody.
    Blocker "blocker" ["week" "person" "text" "since" "solved"];
    /// A topic for after the standup.
    Parked "parked" ["week" "by" "text" "on" "done"];
    /// A hack that was shown in the demo.
    Show "show" ["week" "by" "what" "at" "verdict" "debt/" "order"];
    /// What the review found.
    Finding "finding" ["week" "bucket" "owner" "what" "place" "lines" "debt" "test" "override" "done_at" "order"];
    /// What somebody says in the demo or the review.
    Note "note" ["week" "by" "about" "text"];
    /// A question of the team's own for the review.
    Question "question" ["week" "until" "text" "order"];
    /// An answer to a question of the review, by `2026-W47/3`, or by the id of one of the team's own.
    Answer "answer" ["week" "text" "by"];
    /// A line of a checklist of day 4.
    Check "check" ["week" "list" "text" "owner" "finding" "done_at" "order"];
    /// What people say of an item of debt, by its id.
    Debt "debt" ["decision" "owner" "for_day" "taken_at" "test" "issue" "seen_at" "promoted" "carried/"];
    /// A card of the retro.
    Card "card" ["week" "column" "text" "by" "votes/" "into" "order"];
    /// What the retro has people do.
    Action "action" ["week" "text" "owner" "day" "done_at" "dropped" "carried/" "feature" "order"];
    /// The topic that the retro is at, by the week.
    Topic "topic" ["card" "timer"];
    /// The whiteboard: one, `roadmap`.
    Roadmap "roadmap" ["is" "solves" "growth"];
    /// A feature of the whiteboard.
    Feature "feature" ["name" "stage" "left" "order" "worked/" "dropped"];
}

impl Family {
    /// The family and verb of a kind; `None` for one that this version does not know.
    pub fn of_kind(kind: &str) -> Option<(Self, Verb)> {
        let (family, verb) = kind.split_once('.')?;
        let family = Self::ALL.iter().find(|known| known.word() == family)?;
        let verb = Verb::ALL.iter().find(|known| known.word() == verb)?;
        Some((*family, *verb))
    }

    /// The kind of an event.
    pub fn kind(self, verb: Verb) -> String {
        format!("{}.{}", self.word(), verb.word())
    }

    /// Whether this version knows a field.
    pub fn knows(self, field: &str) -> bool {
        let fields = self.fields().iter();
        fields
            .into_iter()
            .any(|known| match known.strip_suffix('/') {
                Some(stem) => field
                    .strip_prefix(stem)
                    .is_some_and(|rest| rest.starts_with('/')),
                None => *known == field,
            })
    }

    /// Whether a field is what somebody says, which nobody else can edit.
    pub fn is_own(self, field: &str) -> bool {
        matches!(self, Self::Note | Self::Card) && field == "text"
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_reads_as_it_is_written() {
        for family in Family::ALL {
            for verb in Verb::ALL {
                assert_eq!(Family::of_kind(&family.kind(verb)), Some((*family, verb)));
            }
        }
        for unknown in ["task", "task.burn", "tasks.set", "", ".", "task.set.x"] {
            assert_eq!(Family::of_kind(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn fields_under_a_known_name_are_known() {
        assert!(Family::Card.knows("votes/tove"));
        assert!(!Family::Card.knows("votes"));
        assert!(!Family::Card.knows("votesx/tove"));
        assert!(!Family::Card.knows("mood"));
    }
}
