//! What is said where there is more or less room: our own words whole or not at all, what people
//! wrote as far as it goes.

use std::borrow::Cow;

use super::fit::{between_words, fit, whole_parts};
use crate::report::safe_text::width;
use crate::tui::glyphs::Glyphs;

/// Something to be said in a number of cells.
///
/// A text is words of our own. It is said whole, or without those of its parts (with a dot between
/// them) and sentences at its end that have no room; no word of it is ever cut. Of several wordings,
/// the longest first, the first is said that has room as a whole, else the first that has some. What
/// people wrote is [`Theirs`], and a sentence of both [`Mixed`]. Of a pair the second is said where the
/// first has nothing to say.
pub trait Wording {
    /// What is said in so many cells; nothing where there is no room for it. A safe text.
    fn within(&self, cells: usize, glyphs: &Glyphs) -> Cow<'_, str>;
}

/// What people wrote: cut where it has no room, and a sign says so. Made safe.
#[derive(Clone, Copy, Debug)]
pub struct Theirs<S>(pub S);

/// A sentence of our words and theirs: cut between words, and a sign says so. Only a first word that has
/// no room, a path mostly, is cut itself. Made safe.
#[derive(Clone, Copy, Debug)]
pub struct Mixed<S>(pub S);

impl Wording for str {
    fn within(&self, cells: usize, glyphs: &Glyphs) -> Cow<'_, str> {
        match width(self) <= cells {
            true => Cow::Borrowed(self),
            false => Cow::Borrowed(whole_parts(self, cells, glyphs.dot)),
        }
    }
}

impl Wording for String {
    fn within(&self, cells: usize, glyphs: &Glyphs) -> Cow<'_, str> {
        self.as_str().within(cells, glyphs)
    }
}

impl<S: AsRef<str>> Wording for Theirs<S> {
    fn within(&self, cells: usize, glyphs: &Glyphs) -> Cow<'_, str> {
        Cow::Owned(fit(self.0.as_ref(), cells, glyphs.more))
    }
}

impl<S: AsRef<str>> Wording for Mixed<S> {
    fn within(&self, cells: usize, glyphs: &Glyphs) -> Cow<'_, str> {
        let text = self.0.as_ref();
        let said = between_words(text, cells, glyphs.more);
        Cow::Owned(match said.is_empty() {
            true => fit(text, cells, glyphs.more),
            false => said,
        })
    }
}

impl<W: Wording + ?Sized> Wording for &W {
    fn within(&self, cells: usize, glyphs: &Glyphs) -> Cow<'_, str> {
        (**self).within(cells, glyphs)
    }
}

impl<W: Wording> Wording for [W] {
    fn within(&self, cells: usize, glyphs: &Glyphs) -> Cow<'_, str> {
        let whole = self.iter().map(|it| it.within(usize::MAX, glyphs));
        let mut whole = whole.filter(|said| width(said) <= cells);
        let some = || self.iter().map(|it| it.within(cells, glyphs));
        let said = whole.next();
        said.or_else(|| some().find(|said| !said.is_empty()))
            .unwrap_or_default()
    }
}

impl<W: Wording, const N: usize> Wording for [W; N] {
    fn within(&self, cells: usize, glyphs: &Glyphs) -> Cow<'_, str> {
        self.as_slice().within(cells, glyphs)
    }
}

impl<W: Wording> Wording for Vec<W> {
    fn within(&self, cells: usize, glyphs: &Glyphs) -> Cow<'_, str> {
        self.as_slice().within(cells, glyphs)
    }
}

impl<A: Wording, B: Wording> Wording for (A, B) {
    fn within(&self, cells: usize, glyphs: &Glyphs) -> Cow<'_, str> {
        let first = self.0.within(cells, glyphs);
        match first.is_empty() {
            true => self.1.within(cells, glyphs),
            false => first,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::glyphs::UNICODE;

    fn said(wording: &(impl Wording + ?Sized), cells: usize) -> String {
        wording.within(cells, &UNICODE).into_owned()
    }

    #[test]
    fn words_of_our_own_are_whole_or_not_there() {
        let parts = "pay 3 commits · web 8 commits · 3 files";
        assert_eq!(said(parts, 39), parts);
        assert_eq!(said(parts, 38), "pay 3 commits · web 8 commits");
        assert_eq!(said(parts, 28), "pay 3 commits");
        assert_eq!(said(parts, 12), "");
        let sentences = "Votes: 5 each. Cards came in all week.";
        assert_eq!(said(sentences, 38), sentences);
        assert_eq!(said(sentences, 37), "Votes: 5 each.");
        assert_eq!(said("Where is it? e says so", 14), "Where is it?");
    }

    #[test]
    fn of_several_wordings_the_longest_that_has_room_is_said() {
        let wordings = ["Pay down to Thu 18:00", "Pay down", "Pay"];
        assert_eq!(said(&wordings, 21), "Pay down to Thu 18:00");
        assert_eq!(said(&wordings, 20), "Pay down");
        assert_eq!(said(&wordings, 7), "Pay");
        assert_eq!(said(&wordings, 2), "");
        let wordings = [
            "9 shown · 4 to undo · 2 to keep",
            "9 shown · 4 undo · 2 keep",
        ];
        assert_eq!(said(&wordings, 25), "9 shown · 4 undo · 2 keep");
        assert_eq!(said(&wordings, 24), "9 shown · 4 to undo");
    }

    #[test]
    fn what_people_wrote_is_cut() {
        assert_eq!(said(&Theirs("retries never"), 8), "retries…");
        let pair = (["Johnny, Tue 14:00", "Johnny, Tue"], Theirs("Johnny"));
        assert_eq!(said(&pair, 16), "Johnny, Tue");
        assert_eq!(said(&pair, 4), "Joh…");
        assert_eq!(said(&Mixed("T-14 moved to Sammy"), 16), "T-14 moved to …");
        assert_eq!(
            said(&Mixed("T-14 moved to Sammy"), 19),
            "T-14 moved to Sammy"
        );
        assert_eq!(
            said(&Mixed("/path/of/a/file: no such file"), 12),
            "/path/of/a/…"
        );
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_its_place(text in "\\PC*|.*|[a-z .·]*", cells in 0_usize..30) {
            let safe = super::super::fit::safe(&text);
            prop_assert!(width(&said(safe.as_str(), cells)) <= cells);
            prop_assert!(width(&said(&Theirs(&text), cells)) <= cells);
            prop_assert!(width(&said(&Mixed(&text), cells)) <= cells);
        }
    }
}
