//! Small things people do to a repository, drawn at random.

use proptest::prelude::*;

/// One step. Numbers choose among what there is, by remainder.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum Step {
    Add {
        file: u8,
        line: u8,
        beside_code: bool,
    },
    Remove {
        marker: u8,
    },
    Pay {
        marker: u8,
    },
    Edit {
        marker: u8,
    },
    Retag {
        marker: u8,
    },
    Code {
        file: u8,
        line: u8,
    },
    MoveLine {
        marker: u8,
        line: u8,
    },
    MoveBlock {
        file: u8,
        line: u8,
        length: u8,
        to: u8,
    },
    Rename {
        file: u8,
        to: u8,
    },
    Copy {
        file: u8,
        to: u8,
    },
    CopyBlock {
        file: u8,
        line: u8,
        length: u8,
        to: u8,
    },
    Delete {
        file: u8,
    },
    Reindent {
        file: u8,
    },
    Crlf {
        file: u8,
    },
    Swap {
        file: u8,
        other: u8,
    },
    /// Some edits on a branch of their own, some meanwhile here, then the merge.
    Fork {
        there: Vec<Step>,
        here: Vec<Step>,
        side: u8,
    },
    Switch {
        branch: u8,
    },
    Merge {
        branch: u8,
        side: u8,
    },
    Revert {
        commit: u8,
    },
    Pick {
        commit: u8,
    },
    Rebase {
        branch: u8,
    },
    /// The tree once more without its history, then both merged.
    Import {
        first: bool,
    },
}

/// Steps on one line of history, of all kinds but for branches.
pub fn edits(length: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(edit(), length)
}

/// Steps of all kinds.
pub fn steps(length: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(prop_oneof![2 => edit(), 1 => branching()], length)
}

fn edit() -> BoxedStrategy<Step> {
    let n = any::<u8>;
    prop_oneof![
        9 => (n(), n(), any::<bool>())
            .prop_map(|(file, line, beside_code)| Step::Add { file, line, beside_code }),
        2 => n().prop_map(|marker| Step::Remove { marker }),
        2 => n().prop_map(|marker| Step::Pay { marker }),
        2 => n().prop_map(|marker| Step::Edit { marker }),
        1 => n().prop_map(|marker| Step::Retag { marker }),
        2 => (n(), n()).prop_map(|(file, line)| Step::Code { file, line }),
        2 => (n(), n()).prop_map(|(marker, line)| Step::MoveLine { marker, line }),
        2 => (n(), n(), n(), n())
            .prop_map(|(file, line, length, to)| Step::MoveBlock { file, line, length, to }),
        2 => (n(), n()).prop_map(|(file, to)| Step::Rename { file, to }),
        1 => (n(), n()).prop_map(|(file, to)| Step::Copy { file, to }),
        1 => (n(), n(), n(), n())
            .prop_map(|(file, line, length, to)| Step::CopyBlock { file, line, length, to }),
        1 => n().prop_map(|file| Step::Delete { file }),
        1 => n().prop_map(|file| Step::Reindent { file }),
        1 => n().prop_map(|file| Step::Crlf { file }),
        1 => (n(), n()).prop_map(|(file, other)| Step::Swap { file, other }),
    ]
    .boxed()
}

fn branching() -> BoxedStrategy<Step> {
    let n = any::<u8>;
    prop_oneof![
        3 => (edits(1..4), edits(0..4), n())
            .prop_map(|(there, here, side)| Step::Fork { there, here, side }),
        3 => n().prop_map(|branch| Step::Switch { branch }),
        3 => (n(), n()).prop_map(|(branch, side)| Step::Merge { branch, side }),
        1 => n().prop_map(|commit| Step::Revert { commit }),
        1 => n().prop_map(|commit| Step::Pick { commit }),
        1 => n().prop_map(|branch| Step::Rebase { branch }),
        1 => any::<bool>().prop_map(|first| Step::Import { first }),
    ]
    .boxed()
}
