//! A report laid out by a team's own template, in the language of Jinja.
//!
//! The template sees the document as its JSON has it. What it prints is escaped by the end of its
//! name: HTML in `.html`, Markdown in `.md`; and nothing that it prints can play with a terminal.
//! It runs on a budget, so that a loop without end ends, and reads no file by itself: the caller
//! hands in what it may include.

use std::io::{self, Write};

use chrono::format::{Item, StrftimeItems};
use chrono::{DateTime, NaiveDate};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, UndefinedBehavior};
use serde::Serialize;

use super::html_text::escaped;
use super::markdown_text::code;
use super::safe_text::Safe;
use super::sheet::inline::is_harmless;
use super::words;

/// What a template may do: about two million steps, and 64 bytes of memory for each.
const FUEL: u64 = 2_000_000;

/// How deep templates and macros may go into each other.
const DEEPEST: usize = 64;

/// The longest result, in bytes.
pub const LONGEST: usize = 16 << 20;

/// The name of Markdown among the ways to escape.
const MARKDOWN: &str = "markdown";

/// Ends of names that say that a file is a template, and not of what.
const ENDS: [&str; 4] = [".j2", ".jinja", ".jinja2", ".tmpl"];

/// Why a template could not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{what}", place(.file, *.line))]
pub struct TemplateError {
    /// The name of the template.
    pub file: String,
    /// Its line, from 1, where that is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub hint: &'static str,
}

fn place(file: &str, line: Option<usize>) -> String {
    match line {
        Some(line) => format!("{file}:{line}: "),
        None => format!("{file}: "),
    }
}

/// How the name of what a template makes ends: `md` of `summary.md.j2`; `txt` where it says nothing.
pub fn extension(name: &str) -> &str {
    let name = ENDS
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name);
    match name.rsplit_once('.') {
        Some((_, end)) if !end.is_empty() => end,
        _ => "txt",
    }
}

/// Lays a document out by the template `name`, whose text is `source`. `load` gives the text of
/// another template that it includes or extends, by its name; `None` where there is none.
///
/// # Errors
/// A template that is none, prints what is not in the document, goes on for too long, or makes
/// more than [`LONGEST`].
pub fn render(
    name: &str,
    source: &str,
    load: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    document: &impl Serialize,
) -> Result<Vec<u8>, TemplateError> {
    let mut environment = Environment::new();
    environment.set_syntax(syntax());
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(DEEPEST);
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_auto_escape_callback(escape_of);
    environment.set_formatter(|out, state, value| format(out, state.auto_escape(), value));
    environment.set_loader(move |name| Ok(load(name)));
    environment.add_filter("md", |text: String| {
        Value::from_safe_string(markdown(&text))
    });
    environment.add_filter("code", |text: String| Value::from_safe_string(code(&text)));
    // What these make is the template's own, not a stranger's.
    environment.add_filter("date", |text: String, format: String| {
        date(&text, &format).map(Value::from_safe_string)
    });
    environment.add_filter("span", |seconds: i64| {
        Value::from_safe_string(words::span(seconds / 60))
    });
    let failed = |error: Error| told(name, &error);
    let owned = (name.to_owned(), source.to_owned());
    environment
        .add_template_owned(owned.0, owned.1)
        .map_err(failed)?;
    let template = environment.get_template(name).map_err(failed)?;
    let mut out = Limited(Vec::new());
    template
        .render_captured_to(Serde(document), &mut out)
        .map_err(failed)?;
    Ok(out.0)
}

/// Jinja's own, but that a file ends as it is written.
fn syntax() -> SyntaxConfig {
    let mut syntax = SyntaxConfig::builder();
    syntax.keep_trailing_newline(true);
    syntax.build().unwrap_or_default()
}

/// Bytes up to a limit.
struct Limited(Vec<u8>);

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LONGEST {
            return Err(io::Error::other("the result is too long"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn escape_of(name: &str) -> AutoEscape {
    match extension(name) {
        "html" | "htm" | "xhtml" | "xml" | "svg" => AutoEscape::Html,
        "md" | "markdown" => AutoEscape::Custom(MARKDOWN.into()),
        _ => AutoEscape::None,
    }
}

fn format(out: &mut Output<'_>, escape: &AutoEscape, value: &Value) -> Result<(), Error> {
    if value.is_none() || value.is_undefined() {
        return Ok(());
    }
    let text = match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    };
    let is_figure = matches!(value.kind(), ValueKind::Number | ValueKind::Bool);
    let shown = match escape {
        // Marked by the template itself, or made by a filter of ours.
        _ if value.is_safe() => Safe::lines(&text).to_string(),
        AutoEscape::Html => escaped(&text),
        AutoEscape::Custom(_) if !is_figure => markdown(&text),
        _ => Safe::lines(&text).to_string(),
    };
    out.write_str(&shown).map_err(Error::from)
}

/// Words as they are where no forge takes them for more, else in a code span.
fn markdown(text: &str) -> String {
    match is_harmless(text) {
        true => text.trim().to_owned(),
        false => code(text),
    }
}

/// A time or a date of the document by a format of `strftime`.
fn date(text: &str, format: &str) -> Result<String, Error> {
    let invalid = |what: String| Error::new(ErrorKind::InvalidOperation, what);
    let items: Vec<Item<'_>> = StrftimeItems::new(format).collect();
    if items.contains(&Item::Error) {
        return Err(invalid(format!(
            "date: \"{format}\" is no format, as %d.%m. is"
        )));
    }
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Ok(time.format_with_items(items.iter()).to_string());
    }
    let date: NaiveDate = text
        .parse()
        .map_err(|_| invalid(format!("date: \"{text}\" is no time of the document")))?;
    // A date has no clock: its midnight stands in.
    let time = date
        .and_time(chrono::NaiveTime::MIN)
        .and_utc()
        .fixed_offset();
    Ok(time.format_with_items(items.iter()).to_string())
}

fn told(name: &str, error: &Error) -> TemplateError {
    let what = match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    };
    TemplateError {
        file: error.name().unwrap_or(name).to_owned(),
        line: error.line(),
        what,
        hint: match error.kind() {
            ErrorKind::SyntaxError => {
                "templates are written in Jinja: https://docs.rs/minijinja/latest/minijinja/syntax/"
            }
            ErrorKind::UndefinedError | ErrorKind::UnknownMethod => {
                "--format json shows what the document has"
            }
            ErrorKind::UnknownFilter => {
                "there are Jinja's filters, and md, code, date(\"%d.%m.\") and span"
            }
            ErrorKind::TemplateNotFound | ErrorKind::BadInclude => {
                "only templates in the folder of this one can be included, by their path from there"
            }
            ErrorKind::OutOfFuel => "a loop takes too many steps: let it go over less",
            ErrorKind::WriteFailure => "the result is longer than 16 MiB: let it say less",
            _ => "--format json shows the document that the template gets",
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn rendered(name: &str, source: &str) -> Result<String, TemplateError> {
        let document = json!({
            "title": "a <b> & [c](d)",
            "plain": "a plain title",
            "none": null,
            "time": "2026-11-17T09:32:00+01:00",
            "date": "2026-11-17",
            "esc": "a\u{1b}[31mb",
            "items": [{ "text": "one" }, { "text": "two" }],
            "seconds": 100_800,
        });
        let load = |name: &str| (name == "part.md").then(|| "{{ plain }}!".to_owned());
        let bytes = render(name, source, load, &document)?;
        Ok(String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn what_is_printed_is_escaped_by_the_end_of_the_name() {
        let source = "{{ title }}|{{ plain }}|{{ none }}|{{ esc }}";
        assert_eq!(
            rendered("a.html", source).unwrap(),
            "a &lt;b&gt; &amp; [c](d)|a plain title||a\\x1B[31mb"
        );
        assert_eq!(
            rendered("a.md.j2", source).unwrap(),
            "`a <b> & [c](d)`|a plain title||`a\\x1B[31mb`"
        );
        assert_eq!(
            rendered("a.txt", source).unwrap(),
            "a <b> & [c](d)|a plain title||a\\x1B[31mb"
        );
        assert_eq!(
            rendered("a.html", "{{ title | safe }}").unwrap(),
            "a <b> & [c](d)"
        );
    }

    #[test]
    fn filters_and_inclusion() {
        assert_eq!(
            rendered("a.txt", "{{ time | date('%a %H:%M') }}").unwrap(),
            "Tue 09:32"
        );
        assert_eq!(
            rendered("a.txt", "{{ date | date('%-d %b') }}").unwrap(),
            "17 Nov"
        );
        assert_eq!(rendered("a.txt", "{{ seconds | span }}").unwrap(), "1d 4h");
        assert_eq!(
            rendered("a.txt", "{{ title | md }}").unwrap(),
            "`a <b> & [c](d)`"
        );
        assert_eq!(
            rendered("a.md", "{% include 'part.md' %}").unwrap(),
            "a plain title!"
        );
        let source = "{% for item in items %}{{ item.text | code }} {% endfor %}";
        assert_eq!(rendered("a.md", source).unwrap(), "`one` `two` ");
    }

    #[test]
    fn mistakes_name_file_and_line_and_the_way_out() {
        for (source, line, word) in [
            ("\n{{ title", 2, "syntax"),
            ("a\nb\n{{ nothing }}", 3, "undefined"),
            ("{{ title | shout }}", 1, "filter"),
            ("{% include '../secret' %}", 1, "template"),
            ("{{ time | date('%Q') }}", 1, "no format"),
            (
                "{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}",
                1,
                "fuel",
            ),
        ] {
            let error = rendered("team.md", source).unwrap_err();
            assert_eq!(error.line, Some(line), "{source}: {error}");
            assert!(
                error.to_string().starts_with(&format!("team.md:{line}: ")),
                "{error}"
            );
            assert!(
                error.what.to_lowercase().contains(word),
                "{source}: {error}"
            );
            assert!(!error.hint.is_empty());
        }
    }

    #[test]
    fn nothing_grows_without_end() {
        let grows = "{% set a = 'x' * 1000000 %}{% for i in range(1000) %}{{ a }}{% endfor %}";
        let error = rendered("a.txt", grows).unwrap_err();
        assert!(
            error.hint.contains("16 MiB") || error.hint.contains("steps"),
            "{error}"
        );
        let deep = "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}";
        assert!(rendered("a.txt", deep).is_err());
    }

    #[test]
    fn the_end_of_a_name() {
        for (name, end) in [
            ("summary.md", "md"),
            ("summary.md.j2", "md"),
            ("a.b.html.jinja", "html"),
            ("summary", "txt"),
            ("summary.j2", "txt"),
        ] {
            assert_eq!(extension(name), end, "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_template_is_read_without_a_panic(source in "(\\PC|\\{\\{|\\}\\}|\\{%|%\\}|for|in|title|[|.()\\[\\]]){0,60}") {
            let _ = rendered("a.md", &source);
        }
    }
}
