//! The end of a scan: where the items of the tips stand, and what of the tips was not read.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use super::facts::{ComparedTable, Kinds, StepFacts};
use super::{Run, ScanError};
use crate::changes::Change;
use crate::debt::facts::Facts;
use crate::history::reader::Reader;
use crate::history::trees::Trees;
use crate::interned::{BlobNo, CommitNo, PathNo};
use crate::object_id::ObjectId;
use crate::store::index::{Batch, Index, PlaceRow, SkippedRow, View};

impl Run<'_> {
    /// Writes the view of the tips. `grown_from` are the tips of the last view where all that it
    /// reached is reachable still, none before the first; `first` is the number of the first commit of this scan.
    pub(super) fn finish(
        &mut self,
        reader: &mut Reader<'_>,
        index: &mut Index,
        grown_from: Option<&[ObjectId]>,
        first: u32,
    ) -> Result<(), ScanError> {
        let mut tips = Vec::new();
        for tip in self.order.tips {
            let open = self.followed(reader, index, *tip)?;
            tips.push((self.trees[&open.number], open.state));
        }
        // One file of one tip stands for itself; of several tips no file is known to be unchanged.
        let changed = match (grown_from, &tips[..]) {
            (Some([before]), [(tree, state)]) => {
                let before = self.followed(reader, index, *before)?;
                let old = self.trees[&before.number];
                let mut trees = Trees::new(reader, &self.names.paths, &self.names.blobs);
                let changes = trees.changes(*tree, &[old])?;
                let mut paths: BTreeSet<PathNo> = changes.iter().filter_map(path_of).collect();
                before.state.differing(state, |path| {
                    paths.insert(path);
                });
                Some(paths)
            }
            _ => None,
        };
        let mut view = View {
            tips: self.order.tips.to_vec(),
            grown: grown_from.is_some(),
            ..View::default()
        };
        let mut batch = Batch::default();
        for (tree, state) in &tips {
            let mut paths: Vec<PathNo> = state.files().map(|(path, _)| path).collect();
            if let Some(changed) = &changed {
                paths.retain(|path| changed.contains(path));
            }
            let blobs = self.blobs_of(reader, *tree, &paths, changed.is_some())?;
            let facts = StepFacts {
                sight: self.sight(),
                reader: RefCell::new(reader),
                seen: RefCell::new(std::mem::take(&mut self.seen)),
                kinds: &Kinds::default(),
                other_kinds: RefCell::default(),
                trees: &self.trees,
                texts: RefCell::default(),
                compared: &ComparedTable::default(),
            };
            for path in paths {
                let Some(blob) = blobs.get(&path) else {
                    continue;
                };
                let seen = facts.seen(path, *blob)?;
                for (at, (item, seen)) in state.items(path).iter().zip(seen.iter()).enumerate() {
                    view.places.push(PlaceRow {
                        path: path.0,
                        at: at as u32,
                        item: *item,
                        line: seen.line,
                        marker: seen.marker.0,
                    });
                }
            }
            self.seen = facts.seen.into_inner();
        }
        view.replaced = changed.map(|paths| paths.into_iter().map(|path| path.0).collect());
        for row in index.unread()? {
            let mut trees = Trees::new(reader, &self.names.paths, &self.names.blobs);
            let mut holds = row.blob.is_none();
            for (tree, _) in &tips {
                let here = trees.file_at(*tree, &row.path)?;
                holds |= here.map(|blob| self.names.blobs.get(blob)) == row.blob;
            }
            if holds {
                view.skipped.push(SkippedRow {
                    path: row.path,
                    why: row.why,
                });
            }
        }
        for place in &view.places {
            let marker = crate::debt::facts::MarkerNo(place.marker);
            self.name_marker(marker, &mut batch.markers);
        }
        index.add(&batch)?;
        index.set_view(&view, CommitNo(first))?;
        Ok(())
    }

    /// Finds the contents of some files of a tree: one by one where they are few, else by going
    /// through the tree.
    fn blobs_of(
        &self,
        reader: &mut Reader<'_>,
        tree: ObjectId,
        paths: &[PathNo],
        few: bool,
    ) -> Result<HashMap<PathNo, BlobNo>, ScanError> {
        let mut trees = Trees::new(reader, &self.names.paths, &self.names.blobs);
        if !few {
            return Ok(trees.files(tree)?.into_iter().collect());
        }
        let mut blobs = HashMap::new();
        for path in paths {
            if let Some(blob) = trees.file_at(tree, &self.names.paths.get(*path))? {
                blobs.insert(*path, blob);
            }
        }
        Ok(blobs)
    }
}

fn path_of(change: &Change) -> Option<PathNo> {
    match change {
        Change::Wrote { path, .. } => Some(*path),
        Change::Took { .. } => None,
    }
}
