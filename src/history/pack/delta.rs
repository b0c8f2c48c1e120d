//! A difference between two objects, as packs hold it: pieces of the base and new bytes.

/// Reads a number of the head, 7 bits a byte, the lowest first.
fn number(delta: &mut &[u8]) -> Option<usize> {
    let (mut number, mut shift) = (0_usize, 0_u32);
    loop {
        let (byte, rest) = delta.split_first()?;
        *delta = rest;
        let part = usize::from(byte & 0x7f);
        let shifted = part.checked_shl(shift)?;
        if shifted >> shift != part {
            return None;
        }
        number |= shifted;
        shift += 7;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
}

/// Reads how long the base and the result are, and takes that off the difference.
pub(super) fn lengths(delta: &mut &[u8]) -> Option<(usize, usize)> {
    Some((number(delta)?, number(delta)?))
}

/// Puts the result of `len` bytes together at the end of `out`, which has room for it, from the
/// instructions behind the lengths; `None` unless they give as much and reach nowhere beyond the base.
pub(super) fn apply(
    base: &[u8],
    mut instructions: &[u8],
    len: usize,
    out: &mut Vec<u8>,
) -> Option<()> {
    let mut left = len;
    while let Some((op, rest)) = instructions.split_first() {
        instructions = rest;
        let piece = if op & 0x80 != 0 {
            let mut operand = |bits: u8, first: u8| -> Option<usize> {
                let mut number = 0;
                for byte in 0..bits {
                    if op >> (first + byte) & 1 == 1 {
                        let (next, rest) = instructions.split_first()?;
                        instructions = rest;
                        number |= usize::from(*next) << (8 * byte);
                    }
                }
                Some(number)
            };
            let from = operand(4, 0)?;
            let length = match operand(3, 4)? {
                0 => 0x1_0000,
                length => length,
            };
            base.get(from..from.checked_add(length)?)?
        } else {
            // An instruction of nothing is kept for later.
            let (new, rest) = instructions.split_at_checked(usize::from(*op))?;
            instructions = rest;
            (!new.is_empty()).then_some(new)?
        };
        left = left.checked_sub(piece.len())?;
        out.extend_from_slice(piece);
    }
    (left == 0).then_some(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn applied(base: &[u8], mut delta: &[u8]) -> Option<Vec<u8>> {
        let (from, to) = lengths(&mut delta)?;
        if from != base.len() || to > 1 << 20 {
            return None;
        }
        let mut out = Vec::new();
        apply(base, delta, to, &mut out)?;
        Some(out)
    }

    #[test]
    fn pieces_and_new_bytes_are_put_together() {
        // 6 bytes become 7: three from the second on, two new ones, two from the start.
        let delta = [6, 7, 0b1001_0001, 1, 3, 2, b'x', b'y', 0b1001_0000, 2];
        assert_eq!(applied(b"abcdef", &delta).unwrap(), b"bcdxyab");
    }

    #[test]
    fn a_length_of_nothing_is_64_kib() {
        let base = vec![7; 0x1_0000];
        let delta = [0x80, 0x80, 4, 0x80, 0x80, 4, 0b1000_0000];
        assert_eq!(applied(&base, &delta).unwrap(), base);
    }

    #[test]
    fn what_reaches_too_far_or_not_far_enough_is_refused() {
        for delta in [
            &[6, 7, 0b1001_0001, 4, 3][..],
            &[6, 1, 2, b'x', b'y'],
            &[6, 3, 2, b'x', b'y'],
            &[6, 2, 3, b'x', b'y'],
            &[6, 0, 0],
            &[5, 0],
            &[6, 0x80],
            &[
                0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0,
            ],
            &[],
        ] {
            assert_eq!(applied(b"abcdef", delta), None, "{delta:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_answer(
            base in prop::collection::vec(any::<u8>(), 0..64),
            rest in prop::collection::vec(any::<u8>(), 0..64),
            to in 0_u8..128,
        ) {
            let delta = [&[base.len() as u8, to][..], &rest].concat();
            if let Some(out) = applied(&base, &delta) {
                prop_assert_eq!(out.len(), usize::from(to));
            }
        }
    }
}
