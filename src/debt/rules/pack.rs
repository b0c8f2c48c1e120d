//! The suspected tier's own phrases, each with the plain bytes that a text must hold to match it.
//!
//! Chosen on labelled comments of five projects, starting from the 62 phrases of Potdar and Shihab
//! ("An exploratory study on self-admitted technical debt", 2014). Many of those are left out because
//! they are seldom confessions ("there is a problem", "give up", "bail out", "something's gone
//! wrong") and because a scan for their words costs too much ("should we"); so are idioms of one project that would raise the figures and mean nothing elsewhere
//! ("not needed", "move to").

/// One confession.
pub(super) struct Phrase {
    /// Matched in any case on a sentence whose lines are joined by `\n`; a blank is any white space.
    pub(super) pattern: &'static str,
    /// Every accepted match holds one of these, byte for byte. They begin after the first letter so
    /// that a capital at a sentence's start does not matter; a phrase all in capitals, or broken over
    /// two lines inside its anchor, is let go: the price of searching for literals only. Even so this is the slow part of a scan.
    pub(super) anchors: &'static [&'static str],
}

macro_rules! pack {
    ($($pattern:literal => $($anchor:literal)|+,)*) => {
        &[$(Phrase { pattern: $pattern, anchors: &[$($anchor),+] }),*]
    };
}

pub(super) const PACK: &[Phrase] = pack! {
    r"\b(?:hacks?|hacky|hackish|hackery)\b" => "hack" | "Hack" | "HACK",
    r"\b(?:kludg|kluge)\w*" => "kludg" | "Kludg" | "kluge" | "Kluge",
    r"\bugl(?:y|iness)\b" => "ugly" | "ugliness",
    r"\bwork[- ]?arounds?\b" => "karound" | "k around" | "k-around" | "KAROUND",
    // "temporary" alone is mostly a temporary file, directory or variable.
    r"\btemporar(?:y|ily) (?:fix|solution|hack|code|measure|work|disabled?|turned|removed?|comment)\w*" => "orary" | "orarily",
    r"\b(?:just|only) (?:a )?temporar(?:y|ily)\b" => "orary" | "orarily",
    r"\bto do\b ?:?" => "TO DO",
    r"\bfor now\b" => "r now",
    r"\bnot sure\b" => "ot sure",
    r"\bno idea (?:why|how|what|if|whether)\b" => "o idea",
    r"\bshould (?:probably |really |also |eventually )?be (?:removed|replaced|refactored|rewritten|reworked|cleaned|fixed)\b"
        => "be remo" | "laced" | "factored" | "ewritten" | "eworked" | "be clean" | "be fixed",
    r"\bneeds (?:more work|work|some work|fixing|refactoring|cleanup|to be (?:fixed|refactored|rewritten|removed|cleaned|reworked|improved|reviewed|replaced))\b"
        => "eds work" | "eds more" | "eds some" | "eds fix" | "eds refac" | "eds clean" | "eds to be",
    r"\bbetter (?:way|solution|place|name|approach|idea)\b"
        => "etter",
    r"\brevisit\b" => "evisit" | "EVISIT",
    r"\bwhy\b[^.?]*\?" => "why" | "Why",
    r"\b(?:perhaps|maybe|probably)\b[^.?]{0,20}\bshould\b" => "rhaps" | "aybe" | "bably",
    r"\bwhat to do\b" => "hat to do",
    r"\b(?:needed|necessary|required)\?" => "eded?" | "sary?" | "ired?",
    r"\b(?:does not|doesn(?:'|’)?t|do not|don(?:'|’)?t|not) (?:really|seem to|appear to|quite) work\b"
        => "lly work" | "m to work" | "r to work" | "uite work",
    r"\b(?:seems?|appears?) to be a bug\b|\bbuggy\b" => "be a bug" | "buggy",
    r"\binefficien(?:t|tly|cy)\b" => "nefficien",
    r"\bquick (?:fix|and)\b" => "uick fix" | "uick and",
    r"\bstupid\w*" => "upid",
    r"\b(?:crappy|awful|horribl[ey]|terribl[ey])\b" => "crappy" | "wful" | "orribl" | "erribl",
    r"\btbd\b" => "TBD",
};
