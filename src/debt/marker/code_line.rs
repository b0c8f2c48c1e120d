//! Which lines of a comment are code that was switched off, and no words.
//!
//! A line is judged by itself and by how the line before it ends, whatever the language. Words that go on after
//! code which they announced ("add these two lines: …, and drop the third") are taken as new ones.

/// Words that code has between its names: they say nothing of whether a line is prose.
const KEYWORDS: [&str; 67] = [
    "and", "as", "async", "auto", "await", "bool", "break", "case", "catch", "char", "class",
    "const", "continue", "def", "default", "delete", "do", "double", "elif", "else", "elsif",
    "end", "enum", "export", "extern", "false", "final", "finally", "float", "fn", "for", "func",
    "function", "goto", "if", "impl", "in", "int", "is", "let", "local", "long", "loop", "match",
    "mut", "my", "new", "nil", "not", "null", "or", "private", "pub", "public", "return", "short",
    "static", "struct", "switch", "this", "throw", "true", "try", "unsigned", "var", "void",
    "while",
];

/// Words that prose has and code has not.
const ENGLISH: [&str; 40] = [
    "also", "an", "are", "be", "because", "but", "can", "cf", "could", "e.g", "example", "has",
    "have", "how", "i.e", "instance", "instead", "it", "its", "like", "may", "must", "of", "only",
    "should", "so", "than", "that", "the", "there", "they", "to", "vs", "was", "we", "which",
    "why", "will", "would", "you",
];

/// Lines of the preprocessor.
const DIRECTIVES: [&str; 10] = [
    "define", "undef", "if", "ifdef", "ifndef", "elif", "else", "endif", "include", "pragma",
];

/// Words at the end of a line that need what the next line says, be it code.
const RUNS_ON: [&str; 33] = [
    "a", "an", "and", "are", "as", "be", "by", "calling", "doing", "e.g.", "eg", "if", "into",
    "is", "like", "must", "of", "or", "should", "than", "that", "the", "then", "thus", "to", "use",
    "using", "via", "when", "where", "will", "with", "would",
];

/// Whether a line of a comment, its sign taken off, is code. In doubt it is words.
///
/// `before` is the line of words before it, empty if there is none. A sentence may go on from there into code
/// and needs it; and a call without `;` is as well the end of a sentence, unless one ended right before.
pub(super) fn is_code(line: &str, before: &str) -> bool {
    // A line comment that goes on after `\` keeps its sign.
    let line = line.trim_start_matches('/').trim();
    let has_signs = line.bytes().any(|byte| b"(){}[]=;&|#".contains(&byte));
    if !has_signs && !line.ends_with(':') {
        return false;
    }
    let line = without_remark(line.trim_end_matches('\\').trim_end());
    let looks = match line.chars().next_back() {
        None => false,
        _ if line.starts_with('}') || is_directive(line) => true,
        Some('{') => {
            let rest = line.trim_end_matches('{');
            rest.is_empty() || rest.ends_with([' ', '\t', ')', '(', '[', '>', '|'])
        }
        Some(';') => is_statement(line),
        Some('(' | '[') if !line.contains(char::is_whitespace) => line.len() > 1,
        Some('(') => begins_block(line),
        Some(':') => {
            matches!(line, "else:" | "try:" | "finally:") || (begins_block(line) && calls(line))
        }
        Some('&' | '|') => line.ends_with("&&") || line.ends_with("||"),
        _ => is_assignment(line) || (is_closed(before) && is_call(line)),
    };
    looks && !runs_on(before) && !is_prose(line)
}

fn is_closed(before: &str) -> bool {
    before.is_empty() || before.ends_with(['.', '!', '?', ':'])
}

fn runs_on(before: &str) -> bool {
    before
        .rsplit(char::is_whitespace)
        .next()
        .is_some_and(|word| RUNS_ON.iter().any(|one| word.eq_ignore_ascii_case(one)))
}

/// Takes off a comment after code.
fn without_remark(line: &str) -> &str {
    let signs = [" //", "\t//", " /*", "\t/*", " # "];
    let ends = signs.into_iter().filter_map(|sign| line.find(sign));
    let end = ends.min().unwrap_or(line.len());
    line.get(..end).unwrap_or_default().trim_end()
}

/// `#define NAME value`, but not `#define in that file or another one`, where a sentence was wrapped.
fn is_directive(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('#') else {
        return false;
    };
    let rest = rest.trim_start();
    let end = rest
        .find(|c: char| !c.is_ascii_lowercase())
        .unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    let is_joint = |word: &str| matches!(word, "and" | "as" | "in" | "is" | "not" | "or");
    DIRECTIVES.contains(&word)
        && (after.is_empty() || after.starts_with([' ', '\t', '<', '"', '(']))
        && !after.split_whitespace().any(is_joint)
}

/// Whether a line begins with what begins a block: `if`, `def`.
fn begins_block(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    matches!(
        first,
        "if" | "else" | "elif" | "for" | "while" | "def" | "class" | "except" | "switch" | "match"
    )
}

/// Whether a line that ends in `;` calls, sets or names something by its path: prose may end so too.
fn is_statement(line: &str) -> bool {
    let bare = line.trim_end_matches(';');
    let mut words = bare.split_whitespace();
    let (first, second) = (words.next(), words.next());
    let (signs, short): (&[&str], bool) = match (first, second) {
        (Some(word), None) => (&["=", "++", "--"], KEYWORDS.contains(&word)),
        (Some(word), Some(_)) => (
            &["=", "->", "::", "["],
            KEYWORDS.contains(&word) && words.next().is_none(),
        ),
        (None, _) => (&[], true),
    };
    short || calls(bare) || signs.iter().any(|sign| bare.contains(sign))
}

/// Whether a bracket follows a name at once: `name(`.
fn calls(line: &str) -> bool {
    line.match_indices('(').any(|(at, _)| {
        line.get(..at)
            .unwrap_or_default()
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '!' | '>' | '?'))
    })
}

/// `name = value`, the value no bare words, before the name at most words such as `let`.
fn is_assignment(line: &str) -> bool {
    let signs = [" = ", " := ", " += ", " -= ", " |= ", " ||= "];
    let found = signs
        .into_iter()
        .filter_map(|sign| line.find(sign).map(|at| (at, sign.len())))
        .min();
    let Some((at, length)) = found else {
        return false;
    };
    let (left, right) = (
        line.get(..at).unwrap_or_default(),
        line.get(at + length..).unwrap_or_default().trim(),
    );
    let mut before = left.split_whitespace();
    let name = before.next_back().unwrap_or_default();
    name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$' | '@' | '"' | '\'' | '*'))
        && before.all(|word| KEYWORDS.contains(&word))
        && !right.ends_with(['.', ',', ':'])
        && right.contains(|c: char| !c.is_alphabetic() && c != ' ')
        && !outside(right).split_whitespace().any(is_bare_word)
}

/// One call and nothing else: `name(value)`, `.name(value)`.
fn is_call(line: &str) -> bool {
    let line = line.trim_end_matches(['?', ',']);
    let line = line.strip_suffix(".await").unwrap_or(line);
    let Some(open) = line.find('(') else {
        return false;
    };
    let (name, rest) = line.split_at(open);
    let signs =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ':' | '!' | '$' | '@' | '-' | '>');
    if name.is_empty() || !name.chars().all(signs) {
        return false;
    }
    let inside = rest.get(1..rest.len() - 1).unwrap_or_default();
    rest.ends_with(')')
        && closes_at_end(rest)
        // `git(1)` is a page of the manual.
        && inside.contains(|c: char| !c.is_ascii_digit())
}

/// Whether the bracket that `rest` begins with is closed by its last sign.
fn closes_at_end(rest: &str) -> bool {
    let mut depth = 0_usize;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1 == rest.len();
        }
    }
    false
}

/// Whether a line has words of English outside strings and brackets, or two bare words in a row: three where the
/// second of them is declared (`Name name = …`).
fn is_prose(line: &str) -> bool {
    let bare = outside(line);
    // A name in backticks that goes on in the next line.
    if bare.contains('`') {
        return true;
    }
    let mut row = 0;
    for word in bare.split_whitespace() {
        if row == 2 && !word.starts_with(['=', ':', '{']) {
            return true;
        }
        let word = word.trim_end_matches([',', '.', ':', '!', '?', ';']);
        if ENGLISH.contains(&word.to_lowercase().as_str()) {
            return true;
        }
        row = if is_bare_word(word) { row + 1 } else { 0 };
    }
    row > 2
}

/// Letters and no word of code.
fn is_bare_word(word: &str) -> bool {
    word.len() > 1
        && word
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'))
        && !KEYWORDS.contains(&word)
}

/// What stands outside strings and brackets that are closed.
fn outside(line: &str) -> String {
    let mut bare = String::with_capacity(line.len());
    // The sign of an open string and where it begins; where each open bracket begins.
    let mut quote: Option<(char, usize)> = None;
    let mut open = Vec::new();
    let mut last = ' ';
    for c in line.chars() {
        match (quote, c) {
            (Some((sign, from)), _) if sign == c && last != '\\' => {
                bare.truncate(from);
                quote = None;
                last = c;
                continue;
            }
            (None, '"' | '`') => quote = Some((c, bare.len())),
            // Not the sign of "don't".
            (None, '\'') if !last.is_alphanumeric() => quote = Some((c, bare.len())),
            (None, '(' | '[' | '{') => open.push(bare.len()),
            (None, ')' | ']' | '}') => bare.truncate(open.pop().unwrap_or(bare.len())),
            _ => {}
        }
        bare.push(c);
        last = c;
    }
    bare
}
