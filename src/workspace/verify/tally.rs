//! What a proof counts and what it found wrong.

/// What a proof says of one repository.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// The repository's name, as the file system has it: escape it.
    pub name: String,
    /// Numbers with what they count, in words, in the order of the proof.
    pub figures: Vec<(u64, String)>,
    /// What is not as the index says, one line each; paths and texts as they are: escape them.
    pub mismatches: Vec<String>,
}

/// Figures and mismatches in the making.
#[derive(Debug, Default)]
pub(super) struct Tally {
    figures: Vec<(u64, String)>,
    mismatches: Vec<String>,
}

impl Tally {
    /// Adds to a figure, a new one at its first use: also by nothing, so that it is shown.
    pub(super) fn count(&mut self, number: u64, what: &str) {
        match self.figures.iter_mut().find(|(_, known)| known == what) {
            Some((sum, _)) => *sum += number,
            None => self.figures.push((number, what.to_owned())),
        }
    }

    pub(super) fn mismatch(&mut self, what: String) {
        // A path may hold the end of a line.
        self.mismatches.push(what.replace(['\n', '\r'], " "));
    }

    /// Takes over what another thread counted.
    pub(super) fn add(&mut self, other: Tally) {
        for (number, what) in other.figures {
            self.count(number, &what);
        }
        self.mismatches.extend(other.mismatches);
    }

    pub(super) fn told(self, name: String) -> Verified {
        Verified {
            name,
            figures: self.figures,
            mismatches: self.mismatches,
        }
    }
}
