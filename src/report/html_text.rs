//! HTML that is put together so that no text of a stranger becomes markup.
//!
//! Markup is `'static`: it can only come from this crate's source. Everything else is text, and
//! escaped, whether it stands between tags or in an attribute.

use super::safe_text::Safe;

/// A piece of HTML.
#[derive(Clone, Debug, Default)]
pub(super) struct Html(String);

impl Html {
    /// Adds markup of our own.
    pub(super) fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        escape(&mut self.0, text);
        self
    }

    /// Adds an attribute, with the space before it; the tag is still open.
    pub(super) fn attribute(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.markup(" ")
            .markup(name)
            .markup("=\"")
            .text(value)
            .markup("\"")
    }

    /// Adds `<tag>text</tag>`.
    pub(super) fn element(&mut self, tag: &'static str, text: &str) -> &mut Self {
        self.markup("<").markup(tag).markup(">").text(text);
        self.markup("</").markup(tag).markup(">")
    }

    /// Adds text as a link, or as text alone where there is no address or one that is not https.
    pub(super) fn link(&mut self, address: Option<&str>, text: &str) -> &mut Self {
        match address.filter(|address| address.starts_with("https://")) {
            None => self.text(text),
            Some(address) => {
                self.markup("<a rel=\"noopener noreferrer\"");
                self.attribute("href", address).markup(">");
                self.text(text).markup("</a>")
            }
        }
    }

    /// Adds another piece.
    pub(super) fn add(&mut self, other: &Self) -> &mut Self {
        self.0.push_str(&other.0);
        self
    }

    /// How many bytes it has.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The bytes.
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// A text, escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    out
}

/// Escapes for text and for attributes in double quotes.
fn escape(out: &mut String, text: &str) {
    for c in Safe::new(text).as_str().chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;
    use scraper::Html as Parsed;

    use super::*;

    fn parsed(html: &Html) -> Parsed {
        Parsed::parse_fragment(std::str::from_utf8(html.as_bytes()).unwrap())
    }

    #[test]
    fn only_https_is_linked() {
        for address in [
            "javascript:alert(1)",
            "http://example.org",
            "data:text/html,x",
            " https://x",
        ] {
            let mut html = Html::default();
            html.link(Some(address), "text");
            assert_eq!(html.as_bytes(), b"text", "{address}");
        }
    }

    proptest! {
        #[test]
        fn a_parser_sees_text_alone(text in "(\\PC|[<>&\"'/=]|script|onerror=){0,60}") {
            let mut html = Html::default();
            html.markup("<p").attribute("title", &text).markup(">").text(&text).markup("</p>");
            let parsed = parsed(&html);
            let elements = parsed.root_element().descendent_elements().collect::<Vec<_>>();
            prop_assert_eq!(elements.len(), 2, "html and p");
            let safe = Safe::new(&text);
            let p = elements[1];
            prop_assert_eq!(p.value().attr("title").unwrap(), safe.as_str());
            prop_assert_eq!(p.value().attrs().count(), 1);
            prop_assert_eq!(p.text().collect::<String>(), safe.as_str());
        }
    }
}
