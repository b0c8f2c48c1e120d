//! Versions of a file read one after the other: what a version shares with the last is not read again.

use std::sync::Arc;

use super::pieces::{Encoding, Held, Piece, cut};
use super::{Detector, Kind};
use crate::debt::facts::{Markers, Seen};
use crate::debt::language::{Language, Syntax};
use crate::debt::left_out::Why;
use crate::debt::marker::KnownComments;
use crate::debt::{Sighting, marker};

/// Reads texts. Each finds the same as [`Detector::sightings`], and costs what it does not share with
/// the one before it.
pub struct Reading<'a, T> {
    detector: &'a Detector,
    markers: &'a Markers,
    last: Option<Version<T>>,
    comments: KnownComments,
    nothing: Arc<[Seen]>,
}

/// The last text that was read as source.
struct Version<T> {
    language: Language,
    path: Vec<u8>,
    text: T,
    /// Whether no marker could be anywhere in it, so that its comments were not looked for.
    bare: bool,
    utf8: bool,
    pieces: Vec<Piece>,
    seen: Arc<[Seen]>,
}

impl<'a, T: AsRef<[u8]>> Reading<'a, T> {
    pub(super) fn new(detector: &'a Detector, markers: &'a Markers) -> Self {
        Reading {
            detector,
            markers,
            last: None,
            comments: KnownComments::default(),
            nothing: Arc::from([]),
        }
    }

    /// Reads on with comments that another reading came to know by the same rules.
    #[must_use]
    pub fn knowing(self, comments: KnownComments) -> Self {
        Reading { comments, ..self }
    }

    /// Ends with the comments that are known by now.
    pub fn into_known(self) -> KnownComments {
        self.comments
    }

    /// Finds the sightings of a text, in its order, or says why the text is left out.
    pub fn seen(&mut self, kind: Kind, path: &[u8], text: T) -> Result<Arc<[Seen]>, Why> {
        let detector = self.detector;
        let language = match detector.syntax(kind, path, text.as_ref())? {
            Syntax::Code(language) if !detector.markers.search_code() => language,
            syntax => {
                let found = detector.sightings_as(syntax, text.as_ref());
                if found.is_empty() {
                    return Ok(Arc::clone(&self.nothing));
                }
                return Ok(found.iter().map(|one| seen_of(one, self.markers)).collect());
            }
        };
        let last = self.last.take();
        let last = last.filter(|last| last.language == language && last.path == path);
        let version = match last {
            Some(last) if last.bare => self.bare_version(last, text),
            Some(last) => self.next_version(last, text),
            None => self.first_version(language, path.to_vec(), text),
        };
        let seen = Arc::clone(&version.seen);
        self.last = Some(version);
        Ok(seen)
    }

    fn first_version(&mut self, language: Language, path: Vec<u8>, text: T) -> Version<T> {
        let bare = Version {
            language,
            path,
            text,
            bare: true,
            utf8: true,
            pieces: Vec::new(),
            seen: Arc::clone(&self.nothing),
        };
        let bytes = bare.text.as_ref();
        if self.detector.markers.may_hold_any(bytes, 0..bytes.len()) {
            return self.version(language, bare.path, bare.text);
        }
        let mut pieces = cut(None, bytes, (&[], Vec::new()));
        for piece in &mut pieces {
            piece.held = Held::Seen(Vec::new());
        }
        Version { pieces, ..bare }
    }

    /// The next version of a text in which no marker could be.
    fn bare_version(&mut self, last: Version<T>, text: T) -> Version<T> {
        let mut pieces = cut(None, text.as_ref(), (last.text.as_ref(), last.pieces));
        for piece in &mut pieces {
            if matches!(piece.held, Held::Tokens(_)) {
                let range = piece.range.clone();
                if self.detector.markers.may_hold_any(text.as_ref(), range) {
                    return self.version(last.language, last.path, text);
                }
                piece.held = Held::Seen(Vec::new());
            }
        }
        Version {
            text,
            pieces,
            ..last
        }
    }

    fn version(&mut self, language: Language, path: Vec<u8>, text: T) -> Version<T> {
        let mut pieces = cut(Some(language), text.as_ref(), (&[], Vec::new()));
        let utf8 = is_utf8(&pieces);
        self.read(text.as_ref(), utf8, &mut pieces);
        let seen = self.gather(&pieces, &self.nothing);
        Version {
            language,
            path,
            text,
            bare: false,
            utf8,
            pieces,
            seen,
        }
    }

    fn next_version(&mut self, last: Version<T>, text: T) -> Version<T> {
        let earlier = (last.text.as_ref(), last.pieces);
        let mut pieces = cut(Some(last.language), text.as_ref(), earlier);
        let utf8 = is_utf8(&pieces);
        if utf8 != last.utf8 {
            // All of it is decoded in another way.
            return self.version(last.language, last.path, text);
        }
        self.read(text.as_ref(), utf8, &mut pieces);
        let seen = self.gather(&pieces, &last.seen);
        Version {
            language: last.language,
            path: last.path,
            text,
            bare: false,
            utf8,
            pieces,
            seen,
        }
    }

    /// Reads the pieces that were not read yet.
    fn read(&mut self, text: &[u8], utf8: bool, pieces: &mut [Piece]) {
        for piece in pieces {
            if let Held::Tokens(tokens) = &piece.held {
                let part = text.get(piece.range.clone()).unwrap_or_default();
                let found = marker::in_part(
                    part,
                    utf8,
                    tokens,
                    &self.detector.markers,
                    &mut self.comments,
                );
                let seen = found.iter().map(|one| seen_of(one, self.markers));
                piece.held = Held::Seen(seen.collect());
            }
        }
    }

    /// Puts the sightings of all pieces together; `last` are those of the version before.
    fn gather(&self, pieces: &[Piece], last: &Arc<[Seen]>) -> Arc<[Seen]> {
        let mut all = Vec::new();
        let mut before = 0_u32;
        for piece in pieces {
            if let Held::Seen(seen) = &piece.held {
                all.extend(seen.iter().map(|one| Seen {
                    line: one.line.saturating_add(before),
                    last_line: one.last_line.saturating_add(before),
                    ..*one
                }));
            }
            before = before.saturating_add(piece.lines);
        }
        if all[..] == last[..] {
            return Arc::clone(last);
        }
        if all.is_empty() {
            return Arc::clone(&self.nothing);
        }
        all.into()
    }
}

fn is_utf8(pieces: &[Piece]) -> bool {
    pieces.iter().all(|piece| piece.encoding != Encoding::Other)
}

fn seen_of(sighting: &Sighting, markers: &Markers) -> Seen {
    Seen {
        marker: markers.number(&sighting.marker),
        line: sighting.line,
        last_line: sighting.last_line,
        context: sighting.context,
    }
}
