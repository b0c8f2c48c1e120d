//! Why something can't be done, and what to do about it.

use thiserror::Error;

/// Why a command was not carried out. Every text says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// No such thing, or it was deleted.
    #[error("there is no {what} {given}: list them to see what is there")]
    NoSuch {
        /// The family.
        what: &'static str,
        /// The name that was given.
        given: String,
    },
    /// A text without words.
    #[error("{what} needs a text: write a few words")]
    Empty {
        /// What the text is for.
        what: &'static str,
    },
    /// A text that is too long.
    #[error("the text of {what} is too long: keep it below {limit} characters")]
    TooLong {
        /// What the text is for.
        what: &'static str,
        /// The most characters that it can have.
        limit: usize,
    },
    /// A number that it can't be.
    #[error("{what} is {given}: give {wanted}")]
    OutOfRange {
        /// What the number is.
        what: &'static str,
        /// The number.
        given: i64,
        /// What it can be.
        wanted: &'static str,
    },
    /// Somebody has as many tasks as the team allows.
    #[error(
        "{person} already has {} of {} tasks: finish one, cut one, or give it to somebody else",
        number_word(*.limit), number_word(*.limit)
    )]
    Full {
        /// The person.
        person: String,
        /// The most tasks that a person can have.
        limit: usize,
    },
    /// It was carried as often as it can be.
    #[error("{what} was carried from {from} already: pay it, or accept it with a reason")]
    CarriedBefore {
        /// The item.
        what: String,
        /// The week.
        from: String,
    },
    /// Day 4 has debt without a decision.
    #[error("{count} still {need} a decision: pay, accept, carry or dismiss {them}", need = if *.count == 1 { "needs" } else { "need" }, them = if *.count == 1 { "it" } else { "each" })]
    Undecided {
        /// How many.
        count: usize,
    },
    /// A refactor without a test.
    #[error("{what} has no test yet: link the test that proves it, or say why it goes without")]
    Locked {
        /// The refactor.
        what: String,
    },
    /// All votes are spent.
    #[error("{person} has spent all {limit} votes: take one back first")]
    NoVotesLeft {
        /// The person.
        person: String,
        /// How many each has.
        limit: u32,
    },
    /// A vote that was never given.
    #[error("{person} has no vote on this card to take back")]
    NoVote {
        /// The person.
        person: String,
    },
    /// A text of somebody else.
    #[error("only where it was written can it be edited: write a new {what} instead")]
    NotYours {
        /// The family.
        what: &'static str,
    },
    /// A state that does not lead there.
    #[error("{what} is {state}: {advice}")]
    Not {
        /// The thing.
        what: String,
        /// What it is now.
        state: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// It is so already.
    #[error("nothing to change: it is so already")]
    Already,
    /// Nothing was done yet that can be undone.
    #[error("nothing to undo: this is how it began")]
    NothingToUndo,
    /// Nothing was undone that can be done again.
    #[error("nothing to redo: nothing was undone since the last change")]
    NothingToRedo,
}

/// A small number as a sentence has it.
fn number_word(number: usize) -> String {
    const WORDS: [&str; 10] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    (WORDS.get(number)).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// The most characters that a text can have.
pub const LONGEST_TEXT: usize = 2000;

/// A text in one line, without space around it. Control characters become spaces.
pub(super) fn line(what: &'static str, text: &str) -> Result<String, Refusal> {
    if text.chars().count() > LONGEST_TEXT {
        let limit = LONGEST_TEXT;
        return Err(Refusal::TooLong { what, limit });
    }
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    if words.is_empty() {
        return Err(Refusal::Empty { what });
    }
    Ok(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_say_what_to_do() {
        let full = Refusal::Full {
            person: "Sammy".into(),
            limit: 3,
        };
        assert_eq!(
            full.to_string(),
            "Sammy already has three of three tasks: finish one, cut one, or give it to somebody else"
        );
        assert_eq!(
            Refusal::Undecided { count: 6 }.to_string(),
            "6 still need a decision: pay, accept, carry or dismiss each"
        );
    }

    #[test]
    fn a_text_is_one_line_of_words() {
        assert_eq!(
            line("a task", "  real\n\u{1b}[31m  payload ").as_deref(),
            Ok("real [31m payload")
        );
        assert_eq!(
            line("a task", " \t"),
            Err(Refusal::Empty { what: "a task" })
        );
        assert!(line("a task", &"x".repeat(2001)).is_err());
    }
}
