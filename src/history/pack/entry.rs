//! The head of an object in a pack: what it is, how long, and where its stream begins.

use git2::ObjectType;

use crate::object_id::ObjectId;

/// The head of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) what: What,
    /// Bytes of the unpacked stream.
    pub(super) size: u64,
    /// Where the stream begins.
    pub(super) stream: usize,
}

/// What a stream holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// An object.
    Whole(ObjectType),
    /// A difference to the object that begins at this offset.
    ToOffset(usize),
    /// A difference to an object of the same pack.
    ToObject(ObjectId),
}

impl Entry {
    /// Reads the head at `at`; `None` for an unknown kind, a size of more than 64 bits, or a base that
    /// would be at or behind the object itself.
    pub(super) fn at(pack: &[u8], at: usize) -> Option<Entry> {
        let mut bytes = pack.get(at..)?.iter().copied();
        let first = bytes.next()?;
        let mut size = u64::from(first & 15);
        let (mut more, mut shift) = (first & 0x80 != 0, 4_u32);
        while more {
            let byte = bytes.next()?;
            let part = u64::from(byte & 0x7f);
            let shifted = part.checked_shl(shift)?;
            if shifted >> shift != part {
                return None;
            }
            size |= shifted;
            shift += 7;
            more = byte & 0x80 != 0;
        }
        let what = match first >> 4 & 7 {
            1 => What::Whole(ObjectType::Commit),
            2 => What::Whole(ObjectType::Tree),
            3 => What::Whole(ObjectType::Blob),
            4 => What::Whole(ObjectType::Tag),
            6 => {
                let mut byte = bytes.next()?;
                let mut back = usize::from(byte & 0x7f);
                while byte & 0x80 != 0 {
                    byte = bytes.next()?;
                    back = back.checked_add(1)?.checked_mul(128)?;
                    back |= usize::from(byte & 0x7f);
                }
                let base = at.checked_sub(back).filter(|_| back > 0)?;
                What::ToOffset(base)
            }
            7 => {
                let here = pack.len() - bytes.len();
                bytes.nth(19)?;
                What::ToObject(ObjectId::from_slice(pack.get(here..here + 20)?)?)
            }
            _ => return None,
        };
        let stream = pack.len() - bytes.len();
        Some(Entry { what, size, stream })
    }
}
