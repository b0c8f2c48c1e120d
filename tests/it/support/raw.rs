//! Objects as no git writes them: any bytes, under any id, in files of their own or in a pack.

use std::fs;
use std::path::Path;

use git2::Oid;

/// An id that is the hash of nothing.
pub fn made_up(number: u32) -> Oid {
    Oid::from_str(&format!("{number:08x}{:032}", 0)).unwrap()
}

/// A zlib stream of bytes that are stored as they are.
pub fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut parts = bytes.chunks(0xffff).peekable();
    if bytes.is_empty() {
        stream.extend([1, 0, 0, 0xff, 0xff]);
    }
    while let Some(part) = parts.next() {
        let len = part.len() as u16;
        stream.push(u8::from(parts.peek().is_none()));
        stream.extend(len.to_le_bytes());
        stream.extend((!len).to_le_bytes());
        stream.extend(part);
    }
    stream.extend(adler(bytes, 0, 0).to_be_bytes());
    stream
}

/// A zlib stream of `head` and then `count` times the letter `a`: 13 bits for 258 letters.
pub fn bomb(head: &[u8], count: u64) -> Vec<u8> {
    let mut bits = Bits::default();
    let (copies, letters) = (count.saturating_sub(1) / 258, (count - 1) % 258 + 1);
    bits.put(0b011, 3);
    for byte in head {
        bits.literal(*byte);
    }
    for _ in 0..letters {
        bits.literal(b'a');
    }
    for _ in 0..copies {
        // Length 258 is symbol 285, whose fixed code is 11000101; distance 1 is five zeros.
        bits.code(0b1100_0101, 8);
        bits.code(0, 5);
    }
    bits.code(0, 7);
    let mut stream = vec![0x78, 0x01];
    stream.extend(bits.end());
    stream.extend(adler(head, u64::from(b'a'), count).to_be_bytes());
    stream
}

/// The checksum of `head` and then `count` times `letter`.
fn adler(head: &[u8], letter: u64, count: u64) -> u32 {
    const BASE: u64 = 65_521;
    let (mut a, mut b) = (1, 0);
    for byte in head {
        a = (a + u64::from(*byte)) % BASE;
        b = (b + a) % BASE;
    }
    // A letter more adds it to `a`, and `a` to `b`: after `n` of them that is `n` times `a` and the
    // letter as often as there are pairs among `n + 1`. A round of `BASE` changes neither.
    let n = count % (2 * BASE);
    b = (b + n * a + n * (n + 1) / 2 % BASE * letter) % BASE;
    a = (a + n * letter) % BASE;
    (b << 16 | a) as u32
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits {
    /// Puts bits, the lowest first.
    fn put(&mut self, bits: u32, count: u32) {
        self.held |= bits << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.held as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// Puts a Huffman code, the highest bit first.
    fn code(&mut self, code: u32, count: u32) {
        self.put(code.reverse_bits() >> (32 - count), count);
    }

    fn literal(&mut self, byte: u8) {
        let byte = u32::from(byte);
        if byte < 144 {
            self.code(0x30 + byte, 8);
        } else {
            self.code(0x190 + byte - 144, 9);
        }
    }

    fn end(mut self) -> Vec<u8> {
        self.put(0, 7);
        self.bytes
    }
}

/// Writes the file of a loose object.
pub fn loose(git: &git2::Repository, id: Oid, stream: &[u8]) {
    let name = id.to_string();
    let folder = git.path().join("objects").join(&name[..2]);
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(&name[2..]);
    let _ = fs::remove_file(&file);
    fs::write(file, stream).unwrap();
}

/// An object of a pack: its kind as the format has it, the size it claims, and its stream, after
/// the id of its base for a delta.
pub struct Packed {
    pub id: Oid,
    pub kind: u8,
    pub size: u64,
    pub stream: Vec<u8>,
}

impl Packed {
    pub const BLOB: u8 = 3;
    const DELTA: u8 = 7;

    /// A blob of `count` times the letter `a`.
    pub fn bomb(id: Oid, count: u64) -> Packed {
        Packed {
            id,
            kind: Packed::BLOB,
            size: count,
            stream: bomb(b"", count),
        }
    }

    /// A delta that claims what its base has and what it makes, and then copies the first bytes.
    pub fn delta(id: Oid, base: Oid, base_size: u64, size: u64) -> Packed {
        let mut delta = Vec::new();
        for size in [base_size, size] {
            let mut rest = size;
            while rest >= 0x80 {
                delta.push(rest as u8 | 0x80);
                rest >>= 7;
            }
            delta.push(rest as u8);
        }
        // Copy from the start, with one byte for the length.
        delta.extend([0x90, size.min(100) as u8]);
        let mut stream = base.as_bytes().to_vec();
        stream.extend(stored(&delta));
        Packed {
            id,
            kind: Packed::DELTA,
            size: delta.len() as u64,
            stream,
        }
    }
}

/// Writes a pack of these objects, with its index.
pub fn pack(git: &git2::Repository, mut objects: Vec<Packed>) {
    let mut pack = b"PACK".to_vec();
    pack.extend(2_u32.to_be_bytes());
    pack.extend((objects.len() as u32).to_be_bytes());
    objects.sort_by_key(|object| object.id);
    let mut offsets = Vec::new();
    for object in &objects {
        offsets.push(pack.len() as u32);
        let mut rest = object.size >> 4;
        let first = object.kind << 4 | (object.size & 15) as u8;
        pack.push(if rest > 0 { first | 0x80 } else { first });
        while rest > 0 {
            let more = if rest >= 0x80 { 0x80 } else { 0 };
            pack.push((rest & 0x7f) as u8 | more);
            rest >>= 7;
        }
        pack.extend(&object.stream);
    }
    // The checksum: libgit2 compares it with the index's and does not make it anew.
    let sum = [7; 20];
    pack.extend(sum);

    let mut index = vec![0xff, b't', b'O', b'c', 0, 0, 0, 2];
    for first in 0..=255_u8 {
        let below = objects.iter().filter(|o| o.id.as_bytes()[0] <= first);
        index.extend((below.count() as u32).to_be_bytes());
    }
    objects.iter().for_each(|o| index.extend(o.id.as_bytes()));
    objects.iter().for_each(|_| index.extend([0; 4]));
    offsets.iter().for_each(|o| index.extend(o.to_be_bytes()));
    index.extend(sum);
    index.extend([0; 20]);
    let folder = git.path().join("objects/pack");
    let name = format!("pack-{:040x}", objects.len());
    write(&folder.join(format!("{name}.pack")), &pack);
    write(&folder.join(format!("{name}.idx")), &index);
}

fn write(file: &Path, bytes: &[u8]) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
}

/// One entry of a tree, as it is written.
pub fn entry(mode: &str, name: impl AsRef<[u8]>, id: Oid) -> Vec<u8> {
    [mode.as_bytes(), b" ", name.as_ref(), b"\0", id.as_bytes()].concat()
}
