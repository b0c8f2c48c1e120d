//! Markup with other languages in it: where they begin and where they end.

use memchr::{memchr, memmem};
use tokei::LanguageType;

use super::grammar::Lexer;
use super::rule::{Found, Spot, is_name};
use super::state::{Frame, Region};
use crate::debt::language::Language;

/// A tag longer than this is not looked into.
const LONGEST_TAG: usize = 4096;

/// `<script …>`, in JavaScript unless it says otherwise.
pub(super) fn script(spot: &Spot<'_>) -> Found {
    let Some((attributes, inside)) = tag(spot) else {
        return Found::No;
    };
    let says = |word: &[u8]| memmem::find(attributes, word).is_some();
    // Templates and data are no code.
    if says(b"json") || says(b"template") || says(b"text/html") || says(b"x-handlebars") {
        return Found::Code(inside);
    }
    let language = if says(b"tsx") {
        LanguageType::Tsx
    } else if says(b"\"ts\"") || says(b"'ts'") || says(b"typescript") {
        LanguageType::TypeScript
    } else if says(b"coffee") {
        LanguageType::CoffeeScript
    } else if says(b"jsx") {
        LanguageType::Jsx
    } else {
        LanguageType::JavaScript
    };
    let region = if spot.in_php_file {
        Region::ScriptWithPhp
    } else {
        Region::Script
    };
    Found::Enter(
        Frame::Embedded {
            language: Language(language),
            region,
        },
        inside,
    )
}

/// `<style …>`.
pub(super) fn style(spot: &Spot<'_>) -> Found {
    let Some((attributes, inside)) = tag(spot) else {
        return Found::No;
    };
    let says = |word: &[u8]| memmem::find(attributes, word).is_some();
    let language = if says(b"scss") || says(b"sass") {
        LanguageType::Sass
    } else if says(b"less") {
        LanguageType::Less
    } else if says(b"stylus") {
        LanguageType::Stylus
    } else {
        LanguageType::Css
    };
    let language = Language(language);
    Found::Enter(
        Frame::Embedded {
            language,
            region: Region::Style,
        },
        inside,
    )
}

/// The attributes of the tag that opens here, and where its inside begins.
fn tag<'t>(spot: &Spot<'t>) -> Option<(&'t [u8], usize)> {
    let rest = spot.rest();
    if rest.first().is_some_and(|&b| is_name(b) || b == b'-') {
        return None;
    }
    let end = memchr(b'>', &rest[..rest.len().min(LONGEST_TAG)])?;
    let attributes = &rest[..end];
    (!attributes.ends_with(b"/")).then_some((attributes, spot.at + spot.open + end + 1))
}

/// `<?php`, `<?=` and `<?` before a blank.
pub(super) fn php(spot: &Spot<'_>) -> Found {
    let rest = spot.rest();
    let past = if rest.len() >= 3 && rest[..3].eq_ignore_ascii_case(b"php") {
        3
    } else if rest.starts_with(b"=") {
        1
    } else if rest.first().is_some_and(u8::is_ascii_whitespace) {
        0
    } else {
        return Found::No;
    };
    Found::Enter(php_frame(), spot.at + 2 + past)
}

pub(super) fn php_frame() -> Frame {
    Frame::Embedded {
        language: Language(LanguageType::Php),
        region: Region::Php,
    }
}

/// `?>`.
pub(super) fn php_end(spot: &Spot<'_>) -> Found {
    Found::Leave(spot.at + 2)
}

/// `<% … %>` with Ruby in it.
pub(super) fn percent(spot: &Spot<'_>) -> Found {
    let rest = spot.rest();
    if rest.starts_with(b"%") {
        return Found::Code(spot.at + 3);
    }
    let past = usize::from(matches!(rest.first(), Some(b'=' | b'-')));
    let language = Language(LanguageType::Ruby);
    Found::Enter(
        Frame::Embedded {
            language,
            region: Region::Percent,
        },
        spot.at + 2 + past,
    )
}

/// The script that a file begins with between lines of `---`, and where its inside begins.
pub(super) fn front_matter(root: &Lexer, text: &[u8]) -> Option<(Frame, usize)> {
    let fenced = root.front_matter && (text.starts_with(b"---\n") || text.starts_with(b"---\r\n"));
    let language = Language(LanguageType::TypeScript);
    fenced.then_some((
        Frame::Embedded {
            language,
            region: Region::FrontMatter,
        },
        3,
    ))
}

/// Where a region ends that `from` stands in.
pub(super) fn region_end(region: Region, text: &[u8], from: usize) -> usize {
    let rest = &text[from..];
    let found = match region {
        Region::Php => None,
        Region::Script => tag_end(rest, b"</script", false),
        Region::ScriptWithPhp => tag_end(rest, b"</script", true),
        Region::Style => tag_end(rest, b"</style", false),
        Region::Percent => memmem::find(rest, b"%>"),
        // The resting place at the start of the closing line is in the region still.
        Region::FrontMatter if rest.starts_with(b"---") && from > 3 => Some(0),
        Region::FrontMatter => memmem::find(rest, b"\n---").map(|at| at + 1),
    };
    found.map_or(text.len(), |at| from + at)
}

fn tag_end(rest: &[u8], close: &[u8], or_php: bool) -> Option<usize> {
    memchr::memchr_iter(b'<', rest).find(|&at| {
        let there = &rest[at..];
        or_php && there.starts_with(b"<?")
            || there
                .get(..close.len())
                .is_some_and(|tag| tag.eq_ignore_ascii_case(close))
    })
}
