//! Whether a loose object is whole, before libgit2 unpacks it.
//!
//! libgit2 1.9.7 never comes back from a loose object that is cut off, as a full disk or a crash
//! leave it (libgit2 issue 7342, fixed after that release), and fills one that is too short with
//! zeros. So its stream is walked here first. Nothing is unpacked: to know where a stream ends and
//! how long its content is takes the codes alone, and no memory. This file can go once a libgit2
//! with the repair is what is built.

/// Bits of the longest code.
const LONGEST: usize = 15;

/// The shortest length that each of the length codes from 257 on stands for, and its extra bits
/// (RFC 1951, 3.2.5).
const LENGTHS: [(u16, u8); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

/// How many distance codes there are; two of each number of extra bits, but four of none.
const DISTANCES: u16 = 30;

/// The order in which the lengths of the codes for code lengths come (RFC 1951, 3.2.7).
const ORDER: [usize; 19] = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];

/// Whether a zlib stream comes to its end, with a content of just `len` bytes.
///
/// The content itself is not checked: zlib does that with the checksum.
pub(super) fn is_whole(stream: &[u8], len: u64) -> bool {
    let [method, flags, deflated @ ..] = stream else {
        return false;
    };
    let is_zlib = method & 0x8f == 8
        && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0
        && flags & 0x20 == 0;
    let mut bits = Bits {
        rest: deflated,
        held: 0,
        count: 0,
    };
    // The checksum of four bytes follows the content.
    is_zlib && content_len(&mut bits, len) == Some(len) && bits.rest.len() >= 4
}

/// Walks the blocks up to the last; `None` where the stream breaks off, makes no sense, or has a
/// longer content than `limit`.
fn content_len(bits: &mut Bits<'_>, limit: u64) -> Option<u64> {
    let mut len = 0;
    loop {
        let is_last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => len += bits.stored()?,
            1 => walk(bits, &fixed(), &mut len, limit)?,
            2 => {
                let codes = dynamic(bits)?;
                walk(bits, &codes, &mut len, limit)?;
            }
            _ => return None,
        }
        if len > limit {
            return None;
        }
        if is_last {
            return Some(len);
        }
    }
}

/// The codes of one block: those of bytes and lengths, and those of distances.
type Codes = (Code, Code);

/// Walks a compressed block to its end.
fn walk(bits: &mut Bits<'_>, codes: &Codes, len: &mut u64, limit: u64) -> Option<()> {
    while *len <= limit {
        let symbol = codes.0.next(bits)?;
        match symbol {
            0..256 => *len += 1,
            256 => return Some(()),
            _ => {
                let &(least, extra) = LENGTHS.get(usize::from(symbol) - 257)?;
                *len += u64::from(least) + u64::from(bits.take(extra)?);
                let distance = codes.1.next(bits)?;
                if distance >= DISTANCES {
                    return None;
                }
                bits.take((distance / 2).saturating_sub(1) as u8)?;
            }
        }
    }
    None
}

/// The codes of a block that brings none.
fn fixed() -> Codes {
    let mut lengths = [8; 288];
    lengths[144..256].fill(9);
    lengths[256..280].fill(7);
    (Code::new(&lengths), Code::new(&[5; DISTANCES as usize]))
}

/// Reads the codes that a block brings.
fn dynamic(bits: &mut Bits<'_>) -> Option<Codes> {
    let literals = usize::from(bits.take(5)?) + 257;
    let distances = usize::from(bits.take(5)?) + 1;
    let count = usize::from(bits.take(4)?) + 4;
    let mut lengths = [0_u8; 19];
    for &place in &ORDER[..count] {
        lengths[place] = bits.take(3)? as u8;
    }
    let code = Code::new(&lengths);

    let mut lengths = [0_u8; 320];
    let mut known = 0;
    while known < literals + distances {
        let (value, times) = match code.next(bits)? {
            symbol @ 0..16 => (symbol as u8, 1),
            16 => (*lengths[..known].last()?, 3 + bits.take(2)?),
            17 => (0, 3 + bits.take(3)?),
            _ => (0, 11 + bits.take(7)?),
        };
        let end = known + usize::from(times);
        if end > literals + distances {
            return None;
        }
        lengths[known..end].fill(value);
        known = end;
    }
    let (literals, distances) = lengths[..known].split_at(literals);
    Some((Code::new(literals), Code::new(distances)))
}

/// A Huffman code, by the lengths of the codes of its symbols. One that gives out more codes than
/// there are is taken, too: zlib refuses it at once.
struct Code {
    /// How many codes of each length.
    counts: [u16; LONGEST + 1],
    /// The symbols in the order of their codes.
    symbols: Vec<u16>,
}

impl Code {
    fn new(lengths: &[u8]) -> Code {
        let mut counts = [0; LONGEST + 1];
        let mut symbols: Vec<u16> = (0..)
            .zip(lengths)
            .filter(|&(_, &length)| length > 0)
            .map(|(symbol, &length)| {
                counts[usize::from(length)] += 1;
                symbol
            })
            .collect();
        symbols.sort_by_key(|&symbol| lengths[usize::from(symbol)]);
        Code { counts, symbols }
    }

    /// Reads the next symbol.
    fn next(&self, bits: &mut Bits<'_>) -> Option<u16> {
        let (mut code, mut first, mut index) = (0_i32, 0_i32, 0_i32);
        for &count in &self.counts[1..] {
            let count = i32::from(count);
            code |= i32::from(bits.take(1)?);
            if code - count < first {
                let place = usize::try_from(index + (code - first)).ok()?;
                return self.symbols.get(place).copied();
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        None
    }
}

/// The bits of a stream, the lowest of each byte first.
struct Bits<'a> {
    rest: &'a [u8],
    /// Bits of the byte before `rest` that are not taken yet.
    held: u32,
    /// How many.
    count: u8,
}

impl Bits<'_> {
    /// Takes up to 16 bits.
    fn take(&mut self, wanted: u8) -> Option<u16> {
        while self.count < wanted {
            let (&byte, rest) = self.rest.split_first()?;
            self.held |= u32::from(byte) << self.count;
            self.count += 8;
            self.rest = rest;
        }
        let taken = self.held & ((1 << wanted) - 1);
        self.held >>= wanted;
        self.count -= wanted;
        Some(taken as u16)
    }

    /// Skips a block that is not compressed.
    fn stored(&mut self) -> Option<u64> {
        // At most seven bits are held here, of the byte that the block does not begin in.
        (self.held, self.count) = (0, 0);
        let len = self.take(16)?;
        if self.take(16)? != !len {
            return None;
        }
        self.rest = self.rest.get(usize::from(len)..)?;
        Some(u64::from(len))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Streams as libgit2's zlib writes them: loose objects, with the length of each.
    fn streams(texts: &[Vec<u8>]) -> Vec<(Vec<u8>, u64)> {
        let directory = tempfile::tempdir().unwrap();
        let mut options = git2::RepositoryInitOptions::new();
        options.external_template(false);
        let git = git2::Repository::init_opts(directory.path(), &options).unwrap();
        let stream = |text: &Vec<u8>| {
            let id = git.blob(text).unwrap().to_string();
            let file = git.path().join("objects").join(&id[..2]).join(&id[2..]);
            let header = format!("blob {}\0", text.len());
            let len = header.len() + text.len();
            (std::fs::read(file).unwrap(), len as u64)
        };
        texts.iter().map(stream).collect()
    }

    fn texts() -> Vec<Vec<u8>> {
        let words = (0..4_000_u32).flat_map(|n| format!("fn f{n}() -> {}\n", n * n).into_bytes());
        let mut noise = 1_u32;
        let noise = (0..70_000).map(|_| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (noise >> 24) as u8
        });
        vec![
            vec![],
            b"a".to_vec(),
            b"// TODO: short".to_vec(),
            vec![b'a'; 300_000],
            words.collect(),
            noise.collect(),
        ]
    }

    #[test]
    fn what_zlib_writes_is_whole() {
        for (stream, len) in streams(&texts()) {
            assert!(is_whole(&stream, len), "{len} bytes");
            assert!(!is_whole(&stream, len + 1) && !is_whole(&stream, len - 1));
        }
    }

    #[test]
    fn what_is_cut_off_anywhere_is_not_whole() {
        for (stream, len) in streams(&texts()) {
            let step = 1 + stream.len() / 500;
            for end in (0..stream.len()).step_by(step).chain([stream.len() - 1]) {
                assert!(!is_whole(&stream[..end], len), "{end} of {}", stream.len());
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_answer(deflated in prop::collection::vec(any::<u8>(), 0..300)) {
            let stream = [&[0x78, 0x01][..], &deflated].concat();
            is_whole(&stream, 1 << 20);
        }
    }
}
