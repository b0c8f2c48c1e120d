//! The proof that an index tells the truth of its repository, made without the code that made the
//! index: trees are read by libgit2, markers found anew, and every claim held against them.
//!
//! What it shares with a scan is what it does not judge: the rules for markers and files, the
//! reading of an object by its id, and the format of the index.

mod births;
mod blame;
mod claim;
mod eyes;
mod flow;
mod past;
mod tally;
mod tree;

use std::sync::atomic::{AtomicBool, Ordering};

use crate::debt::detect::Detector;
use crate::history::{self, Repository};
use crate::object_id::ObjectId;
use crate::store;
use crate::store::index::Index;

pub use tally::Verified;

/// Why a proof did not finish. A mismatch is no error: it is what a proof is for.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The repository could not be read.
    #[error(transparent)]
    History(#[from] history::Error),
    /// The index could not be read.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// It was told to stop.
    #[error("interrupted")]
    Interrupted,
}

/// What a proof is told.
pub struct VerifyOrder<'a> {
    /// The repository.
    pub repository: &'a Repository,
    /// How markers are found: as for the scan.
    pub detector: &'a Detector,
    /// The tips of the scan.
    pub tips: &'a [ObjectId],
    /// How many commits have their whole tree read, besides the tips and the roots.
    pub samples: u32,
    /// What draws them: the same number draws the same commits.
    pub seed: u64,
    /// How many threads read and how many processes of `git blame` run.
    pub threads: usize,
    /// Whether introductions are compared with the user's `git blame`, which takes its time.
    pub blame: bool,
    /// Called with what is being done, how much of it is done and how much there is.
    pub progress: &'a (dyn Fn(&str, u64, u64) + Sync),
    /// Looked at often; true ends the proof.
    pub cancel: &'a AtomicBool,
}

impl VerifyOrder<'_> {
    fn check(&self) -> Result<(), VerifyError> {
        if self.cancel.load(Ordering::Relaxed) {
            return Err(VerifyError::Interrupted);
        }
        Ok(())
    }
}

/// Holds the index against the repository.
///
/// First the commits themselves, then at some commits the whole tree, then for every commit what
/// its parents had and it has, then every event, and last the introductions of the open declared
/// items against `git blame`.
///
/// # Errors
/// An object or an index that cannot be read, or [`VerifyError::Interrupted`].
pub fn verify(order: &VerifyOrder<'_>, index: &Index) -> Result<Verified, VerifyError> {
    let mut tally = tally::Tally::default();
    let past = past::Past::read(order, index, &mut tally)?;
    tree::verify(order, index, &past, &mut tally)?;
    let claims = flow::verify(order, index, &past, &mut tally)?;
    births::verify(order, &past, &claims, &mut tally)?;
    if order.blame {
        blame::verify(order, index, &past, &mut tally)?;
    }
    Ok(tally.told(order.repository.name()))
}
