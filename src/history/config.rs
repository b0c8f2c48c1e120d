//! A configuration file of git, read for what must be known before libgit2 reads it.

/// One line of a configuration.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Setting {
    /// In lower case.
    pub(super) section: Vec<u8>,
    /// `origin` of `[remote "origin"]`, as written.
    pub(super) subsection: Option<Vec<u8>>,
    /// In lower case.
    pub(super) name: Vec<u8>,
    /// `None` for a name without `=`, which is a yes.
    pub(super) value: Option<Vec<u8>>,
}

impl Setting {
    /// Whether this is `section.name`, with no subsection.
    pub(super) fn is(&self, section: &str, name: &str) -> bool {
        self.subsection.is_none()
            && self.section == section.as_bytes()
            && self.name == name.as_bytes()
    }

    /// Whether the value says yes, as git understands it. Nonsense is a yes, too: what is asked
    /// here is whether there is something to beware of.
    pub(super) fn is_yes(&self) -> bool {
        match self.value.as_deref() {
            None => true,
            Some(value) => {
                let no: [&[u8]; 5] = [b"", b"false", b"no", b"off", b"0"];
                !no.iter().any(|word| value.eq_ignore_ascii_case(word))
            }
        }
    }

    /// The key as `git config` takes it.
    pub(super) fn key(&self) -> String {
        let parts = [
            Some(&self.section),
            self.subsection.as_ref(),
            Some(&self.name),
        ];
        let parts: Vec<_> = parts
            .into_iter()
            .flatten()
            .map(|part| String::from_utf8_lossy(part))
            .collect();
        parts.join(".")
    }
}

/// Reads the settings in their order. Any bytes are taken: a line that git would refuse is left
/// out, for libgit2 refuses the whole file then.
pub(super) fn settings(text: &[u8]) -> Vec<Setting> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut reader = Reader { rest: text };
    let mut section = Vec::new();
    let mut subsection = None;
    let mut settings = Vec::new();
    while let Some(byte) = reader.peek() {
        match byte {
            b'#' | b';' => reader.skip_line(),
            b'[' => {
                reader.next();
                match reader.section() {
                    Some(found) => (section, subsection) = found,
                    None => reader.skip_line(),
                }
            }
            _ if byte.is_ascii_whitespace() => {
                reader.next();
            }
            _ if byte.is_ascii_alphabetic() => {
                let name = reader.name();
                if let Some(value) = reader.assigned() {
                    settings.push(Setting {
                        section: section.clone(),
                        subsection: subsection.clone(),
                        name,
                        value,
                    });
                }
            }
            _ => reader.skip_line(),
        }
    }
    settings
}

/// The text that is left to read.
struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    fn next(&mut self) -> Option<u8> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        // CRLF ends a line like LF.
        if byte == b'\r' && self.peek() == Some(b'\n') {
            return self.next();
        }
        Some(byte)
    }

    fn skip_line(&mut self) {
        let end = memchr::memchr(b'\n', self.rest).unwrap_or(self.rest.len());
        self.rest = &self.rest[end..];
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.next();
        }
    }

    /// Reads `remote "origin"]` or, as of old, `remote.origin]`.
    fn section(&mut self) -> Option<(Vec<u8>, Option<Vec<u8>>)> {
        let mut section = Vec::new();
        while let Some(byte) = self.peek()
            && (byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
        {
            section.push(byte.to_ascii_lowercase());
            self.next();
        }
        self.skip_blanks();
        match self.next()? {
            b']' => {
                let dot = memchr::memchr(b'.', &section);
                let subsection = dot.map(|dot| {
                    let subsection = section[dot + 1..].to_vec();
                    section.truncate(dot);
                    subsection
                });
                Some((section, subsection))
            }
            b'"' => {
                let mut subsection = Vec::new();
                loop {
                    match self.next()? {
                        b'"' => break,
                        b'\n' => return None,
                        b'\\' => subsection.push(self.next()?),
                        byte => subsection.push(byte),
                    }
                }
                (self.next()? == b']').then_some((section, Some(subsection)))
            }
            _ => None,
        }
    }

    /// Reads the name of a setting.
    fn name(&mut self) -> Vec<u8> {
        let mut name = Vec::new();
        while let Some(byte) = self.peek()
            && (byte.is_ascii_alphanumeric() || byte == b'-')
        {
            name.push(byte.to_ascii_lowercase());
            self.next();
        }
        name
    }

    /// Reads what follows a name up to the end of the line. `None` where git would refuse it.
    fn assigned(&mut self) -> Option<Option<Vec<u8>>> {
        self.skip_blanks();
        match self.peek() {
            None | Some(b'\n' | b'\r' | b'#' | b';') => {
                self.skip_line();
                Some(None)
            }
            Some(b'=') => {
                self.next();
                Some(Some(self.value()))
            }
            Some(_) => {
                self.skip_line();
                None
            }
        }
    }

    /// Reads a value: quotes, escapes, lines continued by `\`, blanks at its ends left out.
    fn value(&mut self) -> Vec<u8> {
        self.skip_blanks();
        let mut value = Vec::new();
        // Up to here the blanks count, because they were quoted or something followed them.
        let mut kept = 0;
        let mut quoted = false;
        while let Some(byte) = self.next() {
            match byte {
                b'\n' => break,
                b'"' => {
                    quoted = !quoted;
                    kept = value.len();
                }
                b'#' | b';' if !quoted => {
                    self.skip_line();
                    break;
                }
                b'\\' => {
                    match self.next() {
                        None | Some(b'\n') => continue,
                        Some(b'n') => value.push(b'\n'),
                        Some(b't') => value.push(b'\t'),
                        Some(b'b') => value.push(8),
                        Some(other) => value.push(other),
                    }
                    kept = value.len();
                }
                _ => {
                    value.push(byte);
                    if quoted || !byte.is_ascii_whitespace() {
                        kept = value.len();
                    }
                }
            }
        }
        value.truncate(kept);
        value
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn keys_and_values(text: &str) -> Vec<(String, Option<String>)> {
        settings(text.as_bytes())
            .into_iter()
            .map(|setting| {
                let value = setting.value.as_ref();
                (
                    setting.key(),
                    value.map(|value| String::from_utf8(value.clone()).unwrap()),
                )
            })
            .collect()
    }

    fn pair(key: &str, value: &str) -> (String, Option<String>) {
        (key.to_owned(), Some(value.to_owned()))
    }

    #[test]
    fn sections_names_and_values_are_read_as_git_reads_them() {
        assert_eq!(
            keys_and_values(
                "\u{feff}# c\n[Core]\r\n\tbare = true ; c\r\n\tYes\n[Remote \"Or\\\"i gin\"] URL=a b  # c\n\
                 [remote.Old]\npromisor = \"x # \"  y \n[a]\nb = one \\\n two\\n\n"
            ),
            [
                pair("core.bare", "true"),
                ("core.yes".to_owned(), None),
                pair("remote.Or\"i gin.url", "a b"),
                pair("remote.old.promisor", "x #   y"),
                pair("a.b", "one  two\n"),
            ]
        );
    }

    #[test]
    fn a_line_that_makes_no_sense_hides_nothing_after_it() {
        assert_eq!(
            keys_and_values("[core\nbare bare\n=x\n[extensions]\nobjectFormat = sha256"),
            [pair("extensions.objectformat", "sha256")]
        );
    }

    #[test]
    fn yes_is_what_git_takes_for_it() {
        let yes = |text: &str| settings(text.as_bytes())[0].is_yes();
        assert!(yes("[a]b") && yes("[a]b=On") && yes("[a]b=2"));
        assert!(!yes("[a]b=") && !yes("[a]b = FALSE") && !yes("[a]b=0"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(text in prop::collection::vec(any::<u8>(), 0..400)) {
            settings(&text);
        }

        #[test]
        fn any_text_of_the_signs_of_a_configuration_is_read(text in "[\\[\\]\"\\\\=#; a.\n\r]{0,80}") {
            settings(text.as_bytes());
        }
    }
}
