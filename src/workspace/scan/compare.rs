//! Versions of a file compared with the ones that came of them, while the contents of both are at hand.

use std::collections::VecDeque;
use std::sync::Arc;

use super::Names;
use crate::debt::compared::{Compared, Text, is_changed};
use crate::debt::facts::Seen;
use crate::history::reader::Object;
use crate::interned::{BlobNo, PathNo};

/// So many younger versions of a file are held, for the one that they came of.
const MOST: usize = 4;

/// Larger contents are not held, in bytes.
const LARGE: usize = 1 << 20;

/// A version of a file that was read and is held.
pub(super) struct Held<'o> {
    pub(super) path: PathNo,
    pub(super) blob: BlobNo,
    /// The content that it came of.
    pub(super) old: Option<BlobNo>,
    pub(super) object: Object<'o>,
    pub(super) seen: Arc<[Seen]>,
}

/// Takes the versions of files, those of one file together, the younger first.
#[derive(Default)]
pub(super) struct Comparing<'o> {
    younger: VecDeque<Held<'o>>,
}

impl<'o> Comparing<'o> {
    /// Takes the next version. Returns what came of comparing it with younger ones, where their markers
    /// are not the same.
    pub(super) fn next(
        &mut self,
        names: &Names,
        read: Held<'o>,
    ) -> Vec<((PathNo, BlobNo, BlobNo), Arc<Compared>)> {
        let mut found = Vec::new();
        let path = read.path;
        self.younger.retain(|young| {
            if young.path != path {
                return false;
            }
            if young.old != Some(read.blob) {
                return true;
            }
            if !read.seen.is_empty() && is_changed(&read.seen, &young.seen) {
                let compared = Compared::of(&names.paths.get(path), text(&read), text(young));
                found.push(((path, read.blob, young.blob), Arc::new(compared)));
            }
            false
        });
        if read.old.is_some() && read.object.data().len() <= LARGE {
            if self.younger.len() == MOST {
                self.younger.pop_front();
            }
            self.younger.push_back(read);
        }
        found
    }
}

fn text<'t>(read: &'t Held<'_>) -> Text<'t> {
    Text {
        bytes: read.object.data(),
        seen: &read.seen,
    }
}
