//! The rules that whole families of languages share.

use super::charlit::{c_character, character, named, question};
use super::guard::*;
use super::literal::*;
use super::perl::{begin_end, pod, quote_like};
use super::python::tripled_doc;
use super::rule::*;
use super::{heredoc, jsx, markup, python, ruby};

// Strings that many languages share.

pub(super) const QUOTE: Rule = string("\"");
pub(super) const LONG_QUOTE: Rule = long_string("\"");
pub(super) const TRIPLED: Rule = long_string("\"\"\"");
pub(super) const TRIPLED_RAW: Rule = verbatim("\"\"\"", "\"\"\"");
pub(super) const CHARACTER: &[Rule] = &[call("'", character)];
pub(super) const BACKTICKS: Rule = verbatim("`", "`");
pub(super) const SLASHES: &[Rule] = &[line("//"), blocks("/*", "*/")];
pub(super) const NESTED_SLASHES: &[Rule] = &[line("//"), nested("/*", "*/")];
/// A backslash in code takes the meaning from the byte after it.
pub(super) const ESCAPED: Rule = skip("\\", 1);

pub(super) const C_FAMILY: &[Rule] = &[
    continued_line("//"),
    blocks("/*", "*/"),
    call("\"", cpp_raw),
    QUOTE,
    call("'", c_character),
];

pub(super) const RUST: &[Rule] = &[call("\"", rust_raw), LONG_QUOTE, call("'", character)];

pub(super) const CSHARP: &[Rule] = &[
    call("\"\"\"", quote_run),
    call("$\"\"\"", quote_run),
    call("$$\"\"\"", quote_run),
    long_doubled("@\"", "\""),
    long_doubled("$@\"", "\"").with(BARE_BRACES),
    long_doubled("@$\"", "\"").with(BARE_BRACES),
    QUOTE.opened_by("$\"").with(BARE_BRACES),
    QUOTE,
    call("'", character),
];

pub(super) const PYTHON: &[Rule] = &[
    line("#"),
    call("\"", python::string),
    call("'", python::string),
];

pub(super) const SCRIPT: &[Rule] = &[
    QUOTE,
    string("'"),
    long_string("`").with(braces("${")),
    call("/", regex),
    line("#!").when(shebang),
];
pub(super) const ELEMENTS: &[Rule] = &[call("<", jsx::open).far()];

pub(super) const SHELL: &[Rule] = &[
    line("#").when(word_start),
    ESCAPED,
    LONG_QUOTE.with(parens("$(")),
    LONG_QUOTE.opened_by("$\"").with(parens("$(")),
    long_string("'").opened_by("$'"),
    verbatim("'", "'"),
    call("<<", heredoc::shell),
    // `<<<` and `$#` begin nothing.
    skip("<<<", 0),
    skip("$#", 0),
    skip("${#", 0),
];

pub(super) const RUBY: &[Rule] = &[
    line("#"),
    call("=begin", begin_end).when(first_column),
    LONG_QUOTE.with(braces("#{")),
    long_string("'"),
    long_string("`").with(braces("#{")),
    call("/", regex_or_argument),
    call("%", ruby::percent).far(),
    call("?", question),
    call("<<", heredoc::ruby),
    // The variables named by a sign.
    skip("$\"", 0),
    skip("$'", 0),
    skip("$`", 0),
    skip("$/", 0),
];

pub(super) const PERL: &[Rule] = &[
    line("#").when(not_after_dollar),
    call("=", pod).when(first_column),
    LONG_QUOTE,
    // `Old'Package` and `$main'name` of old.
    long_string("'").when(fresh),
    long_string("`"),
    call("/", regex_or_argument),
    call("q", quote_like).far(),
    call("m", quote_like).far(),
    call("s", quote_like).far(),
    call("t", quote_like).far(),
    call("y", quote_like).far(),
    call("<<", heredoc::perl),
    skip("$\"", 0),
    skip("$'", 0),
    skip("$`", 0),
    skip("$/", 0),
    skip("$#", 0),
    ESCAPED,
];

/// What stands between `<?php` and `?>`.
pub(super) const PHP_CODE: &[Rule] = &[
    line_until("//", "?>"),
    line_until("#", "?>").when(not_before_bracket),
    blocks("/*", "*/"),
    LONG_QUOTE.with(braces("{$")),
    long_string("'"),
    long_string("`"),
    call("<<<", heredoc::php),
    call("?>", markup::php_end),
];

pub(super) const MARKUP: &[Rule] = &[blocks("<!--", "-->"), verbatim("<![CDATA[", "]]>")];
pub(super) const PAGE: &[Rule] = &[
    call("<script", markup::script).far().folded(),
    call("<style", markup::style).far().folded(),
];

pub(super) const STYLE: &[Rule] = &[
    blocks("/*", "*/"),
    QUOTE,
    string("'"),
    call("url(", address).far().folded().when(fresh),
];

pub(super) const LISP: &[Rule] = &[LONG_QUOTE, call("#\\", named), verbatim("|", "|")];
pub(super) const CLOJURE: &[Rule] = &[LONG_QUOTE, call("\\", named)];
pub(super) const HASKELL: &[Rule] = &[line("--").when(not_operator), QUOTE, call("'", character)];
pub(super) const ML: &[Rule] = &[nested_quoted("(*", "*)"), LONG_QUOTE, call("'", character)];

pub(super) const ELIXIR: &[Rule] = &[
    call("\"\"\"", tripled_doc),
    long_string("'''"),
    LONG_QUOTE.with(braces("#{")),
    long_string("'").with(braces("#{")).when(fresh),
    call("?", question),
    call("~", sigil).far(),
];

pub(super) const HASH_LINES: &[Rule] = &[line("#").when(first_on_line)];

/// `#!` in the first column of a script.
fn shebang(spot: &Spot<'_>) -> bool {
    spot.at == 0
}

pub(super) const SLASHES_ONLY: &[Rule] = &[line("//")];
