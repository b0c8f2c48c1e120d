//! The name of a git object.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A SHA-1 object id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObjectId([u8; 20]);

impl ObjectId {
    /// Wraps the 20 bytes of an id.
    pub const fn from_bytes(bytes: [u8; 20]) -> Self {
        ObjectId(bytes)
    }

    /// Reads an id from its 20 bytes; `None` for any other length.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(ObjectId)
    }

    /// Returns the 20 bytes.
    pub fn as_bytes(&self) -> &[u8; 20] {
        &self.0
    }
}

impl Hash for ObjectId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Without its length, which is always the same.
        state.write(&self.0);
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |at: usize| {
            let byte = self.0[at / 2];
            DIGITS[usize::from(if at.is_multiple_of(2) {
                byte >> 4
            } else {
                byte & 15
            })]
        };
        let digits: [u8; 40] = std::array::from_fn(digit);
        f.write_str(std::str::from_utf8(&digits).unwrap_or_default())
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The text is not 40 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an object id is 40 hexadecimal digits")]
pub struct NotAnObjectId;

impl FromStr for ObjectId {
    type Err = NotAnObjectId;

    fn from_str(text: &str) -> Result<Self, NotAnObjectId> {
        let digits = text.as_bytes();
        if digits.len() != 40 {
            return Err(NotAnObjectId);
        }
        let mut bytes = [0; 20];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let digit = |d: u8| (d as char).to_digit(16).ok_or(NotAnObjectId);
            *byte = (digit(pair[0])? * 16 + digit(pair[1])?) as u8;
        }
        Ok(ObjectId(bytes))
    }
}

/// Hexadecimal in formats for people (JSON), the 20 bytes in the others.
impl Serialize for ObjectId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for ObjectId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            String::deserialize(deserializer)?
                .parse()
                .map_err(D::Error::custom)
        } else {
            <[u8; 20]>::deserialize(deserializer).map(ObjectId)
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_is_written() {
        let id = ObjectId::from_bytes([0xa5; 20]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("a5".parse::<ObjectId>(), Err(NotAnObjectId));
        assert_eq!("é".repeat(20).parse::<ObjectId>(), Err(NotAnObjectId));
    }
    #[test]
    fn an_id_is_hexadecimal_in_json_and_twenty_bytes_in_rows() {
        let id = ObjectId::from_bytes([0xa5; 20]);
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, format!("\"{id}\""));
        assert_eq!(serde_json::from_str::<ObjectId>(&json).unwrap(), id);
        let row = postcard::to_stdvec(&id).unwrap();
        assert_eq!(row, [0xa5; 20]);
        assert_eq!(postcard::from_bytes::<ObjectId>(&row).unwrap(), id);
    }
}
