//! Lines that are asked for: one in row 29, several in a box.

use tui_input::Input;

use super::screens::Asked;

/// A form.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// What is being written, for the title of the box.
    pub title: String,
    /// Its fields, at least one.
    pub fields: Vec<Field>,
    /// The field that is typed in.
    pub at: usize,
    /// What was wrong with it when it was handed in.
    pub problem: Option<Problem>,
    /// Whom the answers are for.
    pub then: Asked,
}

/// One line of a form.
#[derive(Clone, Debug)]
pub struct Field {
    /// What it asks for, in a word or two.
    pub label: &'static str,
    /// What is typed.
    pub input: Input,
    /// What fits, in dim words beside or below it.
    pub hint: String,
    /// Words to choose from with up and down; none for free text.
    pub choices: Vec<String>,
}

/// Why a form cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field.
    pub field: usize,
    /// What is wrong with it and what would do.
    pub text: String,
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.label == other.label
            && self.input.value() == other.input.value()
            && self.hint == other.hint
            && self.choices == other.choices
    }
}

impl Form {
    /// A form of one line, which is asked in row 29.
    pub fn line(title: impl Into<String>, field: Field, then: impl Into<Asked>) -> Self {
        Self::of(title, vec![field], then)
    }

    /// A form of several lines, which is asked in a box.
    pub fn of(title: impl Into<String>, fields: Vec<Field>, then: impl Into<Asked>) -> Self {
        Self {
            title: title.into(),
            fields,
            at: 0,
            problem: None,
            then: then.into(),
        }
    }

    /// What stands in its fields, without blanks at the ends.
    pub fn values(&self) -> Vec<String> {
        let value = |field: &Field| field.input.value().trim().to_owned();
        self.fields.iter().map(value).collect()
    }

    /// Goes to the next or the previous field, around the ends.
    pub fn step(&mut self, forward: bool) {
        let count = self.fields.len().max(1);
        let by = if forward { 1 } else { count - 1 };
        self.at = (self.at + by) % count;
    }

    /// Puts the next or the previous word that can be chosen into the field.
    pub fn choose(&mut self, forward: bool) {
        let Some(field) = self.fields.get_mut(self.at) else {
            return;
        };
        let count = field.choices.len();
        if count == 0 {
            return;
        }
        let now = field.input.value().trim().to_lowercase();
        let lower = |choice: &str| choice.trim().to_lowercase();
        let at = field.choices.iter().position(|choice| {
            let choice = lower(choice);
            choice == now || (!now.is_empty() && choice.starts_with(&now))
        });
        let next = match (at, forward) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) if lower(&field.choices[at]) != now => at,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        };
        field.input = Input::new(field.choices[next].clone());
    }
}

impl Field {
    /// A line of free text.
    pub fn text(label: &'static str, value: impl Into<String>) -> Self {
        Self {
            label,
            input: Input::new(value.into()),
            hint: String::new(),
            choices: Vec::new(),
        }
    }

    /// A line that takes one of some words.
    pub fn choice(label: &'static str, value: impl Into<String>, choices: Vec<String>) -> Self {
        let mut field = Self::text(label, value);
        field.hint = choices.join(" ");
        field.choices = choices;
        field
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl Problem {
    /// Something is wrong with a field.
    pub fn new(field: usize, text: impl Into<String>) -> Self {
        Self {
            field,
            text: text.into(),
        }
    }
}

/// Which of some words is meant: the one that is typed, in any case, or the only one that begins so.
///
/// # Errors
/// None or several of them, with what can be typed.
pub fn one_of(typed: &str, choices: &[String]) -> Result<usize, String> {
    let typed = typed.trim().to_lowercase();
    let lower: Vec<String> = choices.iter().map(|choice| choice.to_lowercase()).collect();
    if let Some(at) = lower.iter().position(|choice| *choice == typed) {
        return Ok(at);
    }
    let mut begin = lower
        .iter()
        .enumerate()
        .filter(|(_, choice)| !typed.is_empty() && choice.starts_with(&typed));
    match (begin.next(), begin.next()) {
        (Some((at, _)), None) => Ok(at),
        _ => Err(format!("one of: {}", choices.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_word_is_known_by_its_start() {
        let team = words(&["Johnny", "Sammy", "Sam"]);
        assert_eq!(one_of("jo", &team), Ok(0));
        assert_eq!(one_of("Sam", &team), Ok(2));
        assert_eq!(
            one_of("sa", &team),
            Err("one of: Johnny, Sammy, Sam".to_owned())
        );
        assert!(one_of("", &team).is_err());
    }

    #[test]
    fn choices_go_around() {
        let field = Field::choice("owner", "", words(&["Johnny", "Sammy"]));
        let then = Asked::Debt(crate::tui::screens::debt::Asked::Accept(Vec::new()));
        let mut form = Form::line("owner", field, then);
        let mut seen = Vec::new();
        for forward in [true, true, true, false] {
            form.choose(forward);
            seen.extend(form.values());
        }
        assert_eq!(seen, ["Johnny", "Sammy", "Johnny", "Sammy"]);
    }
}
