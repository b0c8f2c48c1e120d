//! Templates as files: what is read, and from where.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::exit::Failure;
use crate::report::template::{self, TemplateError};

/// The largest template, in bytes.
const LARGEST: u64 = 1 << 20;

/// A template that was read.
#[derive(Debug)]
pub(super) struct Template {
    name: String,
    source: String,
    /// The folder that it may include others from, without links.
    folder: PathBuf,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// A file that is not there, is no file, is too large or no text.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let refused = |what: String| Failure::Template {
            what,
            hints: vec!["name it with --template FILE, or as [report] summary_template".to_owned()],
        };
        let shown = path.display();
        let source = text_of(path).map_err(|why| refused(format!("template {shown}: {why}")))?;
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = fs::canonicalize(folder.unwrap_or(Path::new(".")))
            .map_err(|why| refused(format!("template {shown}: {why}")))?;
        let name = path.file_name().unwrap_or(path.as_os_str());
        Ok(Self {
            name: name.to_string_lossy().into_owned(),
            source,
            folder,
        })
    }

    /// How the name of what it makes ends.
    pub(super) fn extension(&self) -> &str {
        template::extension(&self.name)
    }

    /// Lays a document out.
    ///
    /// # Errors
    /// What is wrong with the template.
    pub(super) fn render(&self, document: &impl Serialize) -> Result<Vec<u8>, Failure> {
        let folder = self.folder.clone();
        let load = move |name: &str| included(&folder, name);
        template::render(&self.name, &self.source, load, document).map_err(Failure::from)
    }
}

impl From<TemplateError> for Failure {
    fn from(error: TemplateError) -> Self {
        Self::Template {
            what: error.to_string(),
            hints: vec![error.hint.to_owned()],
        }
    }
}

/// Another template in the folder or below it: no path leads out of it, and no link.
fn included(folder: &Path, name: &str) -> Option<String> {
    let plain =
        |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':']);
    if !name.split('/').all(plain) {
        return None;
    }
    let path = fs::canonicalize(folder.join(name)).ok()?;
    path.starts_with(folder).then(|| text_of(&path).ok())?
}

fn text_of(path: &Path) -> Result<String, String> {
    // Opening a pipe would wait for its writer.
    let about = fs::metadata(path).map_err(|why| why.to_string())?;
    if !about.is_file() {
        return Err("it is no regular file".to_owned());
    }
    if about.len() > LARGEST {
        return Err("it is larger than 1 MiB".to_owned());
    }
    let bytes = fs::read(path).map_err(|why| why.to_string())?;
    String::from_utf8(bytes).map_err(|_| "it is no UTF-8 text".to_owned())
}
