//! The suspected tier's own phrases, each with the plain bytes that a text must hold to match it.
//!
//! Chosen on labelled comments of five projects, starting from the 62 phrases of Potdar and Shihab
//! ("An exploratory study on self-admitted technical debt", 2014). Many of those are left out because
//! they are seldom confessions ("there is a problem", "give up", "bail out", "something's gone
//! wrong"); so are idioms of one project that would raise the figures and mean nothing elsewhere
//! ("not needed", "move to").

/// One confession.
pub(super) struct Phrase {
    /// Matched in any case on a sentence whose lines are joined by `\n`; a blank is any white space.
    pub(super) pattern: &'static str,
    /// Every accepted match holds one of these, byte for byte. They begin after the first letter so
    /// that a capital at a sentence's start does not matter; a phrase all in capitals, or broken over
    /// two lines inside its anchor, is let go: the price of a scan near memory speed.
    pub(super) anchors: &'static [&'static str],
}

macro_rules! pack {
    ($($pattern:literal => $($anchor:literal)|+,)*) => {
        &[$(Phrase { pattern: $pattern, anchors: &[$($anchor),+] }),*]
    };
}

pub(super) const PACK: &[Phrase] = pack! {
    r"\b(?:hacks?|hacky|hackish|hackery)\b" => "hack" | "Hack" | "HACK",
    r"\b(?:kludg|kluge)\w*" => "ludg" | "luge",
    r"\bugl(?:y|iness)\b" => "ugly" | "ugliness",
    r"\bwork[- ]?arounds?\b" => "karound" | "k around" | "k-around" | "KAROUND",
    // "temporary" alone is mostly a temporary file, directory or variable.
    r"\btemporar(?:y|ily) (?:fix|solution|hack|code|measure|work|disabled?|turned|removed?|comment)\w*" => "emporar",
    r"\b(?:just|only) (?:a )?temporar(?:y|ily)\b" => "emporar",
    r"\bto do\b ?:?" => "TO DO",
    r"\bfor (?:now|the time being)\b" => "or now" | "time being",
    r"\bnot sure\b" => "ot sure",
    r"\bno idea (?:why|how|what|if|whether)\b" => "o idea",
    r"\bshould (?:probably |really |also |eventually )?be (?:removed|replaced|refactored|rewritten|reworked|cleaned|fixed)\b"
        => "be remo" | "be repl" | "be refa" | "be rewr" | "be rewo" | "be clean" | "be fixed",
    r"\bneeds? (?:more work|work|some work|fixing|refactoring|cleanup|to be (?:fixed|refactored|rewritten|removed|cleaned|reworked|improved|reviewed|replaced))\b"
        => "eeds " | "eed more w" | "eed to be re" | "eed to be fix",
    r"\bbetter (?:way|solution|place|name|approach|idea)\b"
        => "etter",
    r"\brevisit\b" => "evisit" | "EVISIT",
    r"\bwhy\b[^.?]*\?" => "why" | "Why",
    r"\bshould we\b[^.?]*\?" => "ould we",
    r"\b(?:perhaps|maybe|probably)\b[^.?]{0,20}\bshould\b" => "erhaps" | "aybe" | "robably",
    r"\bwhat to do\b" => "hat to do",
    r"\b(?:needed|necessary|required) ?\?" => "eeded" | "ssary" | "quired",
    r"\b(?:does not|doesn['’]?t|do not|don['’]?t|not) (?:really|seem to|appear to|quite) work\b"
        => "lly work" | "to work" | "uite work",
    r"\b(?:seems?|appears?) to be a bug\b|\bbuggy\b" => "be a bug" | "buggy",
    r"\binefficien(?:t|tly|cy)\b" => "nefficien",
    r"\bquick (?:fix|and|'n|n)\b" => "uick fix" | "uick and" | "uick 'n" | "uick n",
    r"\bstupid\w*" => "tupid",
    r"\b(?:crap|crappy|awful|horrible|horribly|terrible|terribly)\b" => "crap" | "Crap" | "wful" | "orribl" | "erribl",
    r"\btbd\b" => "TBD",
};
