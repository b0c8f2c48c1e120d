//! The user's editor, opened at a line.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

/// What is run: a program and its arguments. No shell reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    /// The program.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

/// Why no editor can be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditorError {
    /// None is set.
    #[error("no editor is set: put one into $VISUAL or $EDITOR")]
    None,
    /// What is set cannot be split into words.
    #[error("$VISUAL or $EDITOR has a quote that does not end: {0}")]
    Quote(String),
}

impl Editor {
    /// What `set`, the value of `$VISUAL` or `$EDITOR`, means for a line of a file.
    ///
    /// # Errors
    /// Nothing is set, or nothing that can be run.
    pub fn at(set: Option<&str>, file: &Path, line: u32) -> Result<Self, EditorError> {
        let set = set
            .filter(|set| !set.trim().is_empty())
            .ok_or(EditorError::None)?;
        let words = shell_words::split(set).map_err(|_| EditorError::Quote(set.to_owned()))?;
        let (program, given) = words.split_first().ok_or(EditorError::None)?;
        let mut arguments: Vec<OsString> = given.iter().map(OsString::from).collect();
        arguments.extend(place(program, file, line));
        Ok(Self {
            program: program.clone(),
            arguments,
        })
    }

    /// The command.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        command
    }
}

/// How an editor wants to be told a place. One that nobody here knows is told the file alone.
fn place(program: &str, file: &Path, line: u32) -> Vec<OsString> {
    let name = Path::new(program)
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    let with_line = || {
        let mut place = file.as_os_str().to_owned();
        place.push(format!(":{line}"));
        place
    };
    match name.as_ref() {
        "vi" | "vim" | "nvim" | "gvim" | "view" | "nano" | "pico" | "emacs" | "emacsclient"
        | "micro" | "kak" | "ne" | "joe" | "jed" | "mg" | "vis" => {
            vec![format!("+{line}").into(), file.into()]
        }
        "hx" | "helix" | "zed" | "zeditor" | "subl" | "sublime_text" | "lapce" => vec![with_line()],
        "code" | "code-insiders" | "codium" | "vscodium" | "cursor" | "windsurf" => {
            vec!["-g".into(), with_line()]
        }
        "idea" | "rustrover" | "clion" | "goland" | "pycharm" | "webstorm" | "rubymine"
        | "phpstorm" => {
            vec!["--line".into(), line.to_string().into(), file.into()]
        }
        "mate" => vec!["-l".into(), line.to_string().into(), file.into()],
        _ => vec![file.into()],
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn run(set: &str) -> String {
        let editor = Editor::at(Some(set), Path::new("/r/a b.rs"), 42).unwrap();
        let arguments = editor
            .arguments
            .iter()
            .map(|a| a.to_string_lossy().into_owned());
        std::iter::once(editor.program.clone())
            .chain(arguments)
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn every_editor_is_told_the_line_in_its_own_way() {
        for (set, run_as) in [
            ("vim", "vim|+42|/r/a b.rs"),
            ("/usr/bin/nvim -p", "/usr/bin/nvim|-p|+42|/r/a b.rs"),
            ("emacsclient -t -a ''", "emacsclient|-t|-a||+42|/r/a b.rs"),
            ("hx", "hx|/r/a b.rs:42"),
            ("code --wait", "code|--wait|-g|/r/a b.rs:42"),
            (
                "'/opt/my editor/idea.sh'",
                "/opt/my editor/idea.sh|--line|42|/r/a b.rs",
            ),
            ("ed", "ed|/r/a b.rs"),
            ("vim; rm -rf /", "vim;|rm|-rf|/|/r/a b.rs"),
        ] {
            assert_eq!(run(set), run_as);
        }
    }

    #[test]
    fn no_editor_is_said() {
        let at = |set| Editor::at(set, Path::new("/r/a"), 1).unwrap_err();
        assert_eq!(at(None), EditorError::None);
        assert_eq!(at(Some("  ")), EditorError::None);
        assert_eq!(at(Some("vim 'a")), EditorError::Quote("vim 'a".to_owned()));
    }
}
