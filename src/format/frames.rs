//! An event pack on its way from a screen to a camera: its sealed bytes as at most
//! eight short texts, each of which is one QR code (`docs/pack-format.md`).
//!
//! A frame is one text of letters that a QR code holds most of (its alphanumeric
//! mode), at most 900 of them:
//!
//! ```text
//! PENDAPA1:25:0F1E2D3C4B5A6978:<payload>:89ABCDEF
//! └──┬──┘│ ││ └──────┬───────┘ └───┬───┘ └──┬───┘
//!  magic │ ││   of the whole       │   of this frame: the first 4 bytes of the
//!        │ │└ how many frames      │   SHA-256 of all before the last colon
//!        │ └ which one, from 1     └ this frame's bytes in Base45 (RFC 9285)
//!        └ version
//! ```
//!
//! What stands for the whole is the first 8 bytes of its SHA-256. Hexadecimal
//! digits are capitals. Neither hash says who made a pack: the sealing does.
//!
//! Base45 has a blank among its letters, and what carries texts changes blanks. In
//! a text to paste ([`paste`]) each is an underline, therefore, and frames are lines
//! of their own. [`parse_text`] takes that, and frames as they are with anything
//! between them, and lines that were broken on the way.

use std::fmt::Write;

use thiserror::Error;

use super::digest::{from_hex, hex, sha256};

const MAGIC: &str = "PENDAPA";
const VERSION: u8 = b'1';
/// Most frames of a set.
pub const MOST_FRAMES: usize = 8;
/// Most characters of a frame.
pub const MOST_CHARACTERS: usize = 900;
/// Magic, version, `:25:`, the whole's hash, a colon.
const HEAD: usize = MAGIC.len() + 1 + 4 + 2 * SET_BYTES + 1;
/// A colon and the frame's hash.
const TAIL: usize = 1 + 2 * CHECK_BYTES;
const SET_BYTES: usize = 8;
const CHECK_BYTES: usize = 4;
/// Three letters are two bytes.
const MOST_FRAME_BYTES: usize = (MOST_CHARACTERS - HEAD - TAIL) / 3 * 2;
/// Bytes of a frame whose code a camera reads easily (version 13, 69 modules a side).
/// Larger ones are made only when eight of these do not suffice.
const EASY_FRAME_BYTES: usize = 384;
/// Most bytes that go into a set.
pub const MOST_BYTES: usize = MOST_FRAMES * MOST_FRAME_BYTES;

/// Why bytes do not become frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FramesError {
    #[error("there is nothing to put into frames")]
    Empty,
    #[error("{bytes} bytes do not fit into {MOST_FRAMES} frames, which take {MOST_BYTES}")]
    TooLarge { bytes: usize },
}

/// Why a text is not taken as a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FrameError {
    #[error("this is no frame of an event pack")]
    NoFrame,
    #[error("a frame of a newer version")]
    Newer,
    /// Cut short, misread, or changed.
    #[error("the frame is not whole")]
    Altered,
    /// Nothing was taken; [`Frames::begin_anew`] makes room for it.
    #[error("a frame of another pack")]
    OtherSet,
    /// Each frame was whole and all together are not what they say. All were dropped.
    #[error("the frames do not belong together")]
    Broken,
}

/// Why a text is not the whole of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TextError {
    #[error(transparent)]
    Frame(#[from] FrameError),
    #[error("there are {} of {} frames", .0.have, .0.of)]
    Missing(Progress),
}

/// How many frames are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub have: usize,
    /// 0 before the first.
    pub of: usize,
}

impl Progress {
    pub fn is_complete(self) -> bool {
        self.of > 0 && self.have == self.of
    }
}

/// The frames of these bytes, all of about one length, easy to read for a camera.
pub fn split(bytes: &[u8]) -> Result<Vec<String>, FramesError> {
    split_into(bytes, EASY_FRAME_BYTES)
}

/// The frames of these bytes, as few as there can be.
pub fn split_tightly(bytes: &[u8]) -> Result<Vec<String>, FramesError> {
    split_into(bytes, MOST_FRAME_BYTES)
}

fn split_into(bytes: &[u8], frame_bytes: usize) -> Result<Vec<String>, FramesError> {
    if bytes.is_empty() {
        return Err(FramesError::Empty);
    }
    if bytes.len() > MOST_BYTES {
        let bytes = bytes.len();
        return Err(FramesError::TooLarge { bytes });
    }
    let of = bytes.len().div_ceil(frame_bytes).min(MOST_FRAMES);
    // Even, so that only the last frame may end in half a group of letters.
    let each = bytes.len().div_ceil(of).next_multiple_of(2);
    let set = short_hash::<SET_BYTES>(bytes);
    let frames = bytes.chunks(each).enumerate().map(|(at, part)| {
        let number = at + 1;
        let mut frame = format!("{MAGIC}{}:{number}{of}:{set}:", char::from(VERSION));
        write_base45(&mut frame, part);
        let check = short_hash::<CHECK_BYTES>(frame.as_bytes());
        let _ = write!(frame, ":{check}");
        frame
    });
    Ok(frames.collect())
}

/// Frames as a text to paste.
pub fn paste(frames: &[String]) -> String {
    frames.join("\n").replace(' ', "_")
}

/// The bytes of a whole set from a text that holds all of its frames.
pub fn parse_text(text: &str) -> Result<Vec<u8>, TextError> {
    let mut frames = Frames::default();
    let progress = frames.add_text(text)?;
    frames.bytes().ok_or(TextError::Missing(progress))
}

/// Collects the frames of one set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frames {
    /// As the first frame says.
    set: String,
    /// A place for each frame; none before the first.
    parts: Vec<Option<Vec<u8>>>,
}

impl Frames {
    /// Takes a frame, in any order and as often as it comes.
    pub fn add(&mut self, text: &str) -> Result<Progress, FrameError> {
        let frame = Frame::read(text.trim())?;
        if self.parts.is_empty() {
            self.set = frame.set.to_owned();
            self.parts = vec![None; frame.of];
        }
        if self.set != frame.set || self.parts.len() != frame.of {
            return Err(FrameError::OtherSet);
        }
        let part = &mut self.parts[frame.number - 1];
        if part.as_ref().is_some_and(|part| *part != frame.bytes) {
            self.begin_anew();
            return Err(FrameError::Broken);
        }
        *part = Some(frame.bytes);
        if self.progress().is_complete() && self.bytes().is_none() {
            self.begin_anew();
            return Err(FrameError::Broken);
        }
        Ok(self.progress())
    }

    /// Takes every frame that a text holds, whatever stands around them. Of several
    /// readings the first counts in which all are whole: their hashes tell.
    pub fn add_text(&mut self, text: &str) -> Result<Progress, FrameError> {
        let is_break = |character: char| character.is_whitespace() && character != ' ';
        let readings = [
            text.replace(is_break, " "),
            text.replace(is_break, ""),
            text.replace(char::is_whitespace, "").replace('_', " "),
        ];
        let whole = readings.iter().find_map(|reading| {
            let frames: Option<Vec<&str>> = pieces(reading).into_iter().map(frame_in).collect();
            frames.filter(|frames| !frames.is_empty())
        });
        let frames = whole.unwrap_or_else(|| pieces(&readings[0]));
        if frames.is_empty() {
            return Err(FrameError::NoFrame);
        }
        for frame in frames {
            self.add(frame)?;
        }
        Ok(self.progress())
    }

    pub fn progress(&self) -> Progress {
        Progress {
            have: self.parts.iter().flatten().count(),
            of: self.parts.len(),
        }
    }

    /// The numbers of the frames that are missing, from 1.
    pub fn missing(&self) -> Vec<usize> {
        let places = self.parts.iter().enumerate();
        places
            .filter(|(_, part)| part.is_none())
            .map(|(at, _)| at + 1)
            .collect()
    }

    /// Forgets what was collected.
    pub fn begin_anew(&mut self) {
        *self = Frames::default();
    }

    /// The bytes of the set, once it is complete.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let parts: Option<Vec<&[u8]>> = self.parts.iter().map(Option::as_deref).collect();
        let bytes = parts?.concat();
        (short_hash::<SET_BYTES>(&bytes) == self.set).then_some(bytes)
    }
}

/// A text cut where frames begin; what stands before the first is left out.
fn pieces(text: &str) -> Vec<&str> {
    let starts: Vec<usize> = text.match_indices(MAGIC).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| &text[start..end])
        .collect()
}

/// The frame that a text begins with: its end is where its hash fits.
fn frame_in(text: &str) -> Option<&str> {
    text.match_indices(':')
        .filter_map(|(at, _)| text.get(..at + TAIL))
        .find(|text| Frame::whole(text).is_some())
}

/// What one frame says.
struct Frame<'a> {
    number: usize,
    of: usize,
    set: &'a str,
    bytes: Vec<u8>,
}

impl<'a> Frame<'a> {
    fn read(text: &'a str) -> Result<Self, FrameError> {
        let rest = text.strip_prefix(MAGIC).ok_or(FrameError::NoFrame)?;
        match rest.as_bytes() {
            [VERSION, b':', ..] => {}
            [b'2'..=b'9', b':', ..] => return Err(FrameError::Newer),
            _ => return Err(FrameError::NoFrame),
        }
        Self::whole(text).ok_or(FrameError::Altered)
    }

    fn whole(text: &'a str) -> Option<Self> {
        let is_frame = text.is_ascii() && text.len() <= MOST_CHARACTERS;
        if !is_frame || text.len() < HEAD + TAIL {
            return None;
        }
        let (body, check) = text.split_at(text.len() - TAIL);
        if check.strip_prefix(':')? != short_hash::<CHECK_BYTES>(body.as_bytes()) {
            return None;
        }
        let (head, payload) = body.split_at(HEAD);
        let head = head.strip_prefix(MAGIC)?.strip_suffix(':')?;
        let [_, b':', number, of, b':', ..] = *head.as_bytes() else {
            return None;
        };
        let (number, of) = (digit(number)?, digit(of)?);
        let set = &head[5..];
        let is_set = from_hex(set).is_some() && !set.contains(char::is_lowercase);
        if !(1..=MOST_FRAMES).contains(&of) || !(1..=of).contains(&number) || !is_set {
            return None;
        }
        let bytes = read_base45(payload).filter(|bytes| !bytes.is_empty())?;
        Some(Frame {
            number,
            of,
            set,
            bytes,
        })
    }
}

fn digit(letter: u8) -> Option<usize> {
    letter.is_ascii_digit().then(|| usize::from(letter - b'0'))
}

/// The first bytes of a hash, as frames have them.
fn short_hash<const BYTES: usize>(bytes: &[u8]) -> String {
    hex(&sha256(bytes).0[..BYTES]).to_uppercase()
}

/// The letters of Base45 in the order of their values, which are those of a QR code.
const LETTERS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Appends bytes in Base45: two as three letters, the last one alone as two.
fn write_base45(text: &mut String, bytes: &[u8]) {
    for group in bytes.chunks(2) {
        let (mut value, letters) = match *group {
            [high, low] => (usize::from(high) * 256 + usize::from(low), 3),
            [one] => (usize::from(one), 2),
            _ => (0, 0),
        };
        for _ in 0..letters {
            text.push(char::from(LETTERS[value % 45]));
            value /= 45;
        }
    }
}

/// Reads Base45. Our own, because the crate `base45` also takes two letters that are
/// more than a byte: each text has one meaning, and each meaning one text.
fn read_base45(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 3 * 2 + 1);
    for group in text.as_bytes().chunks(3) {
        // The last letter counts most.
        let value = group.iter().rev().try_fold(0, |value, letter| {
            let digit = LETTERS.iter().position(|known| known == letter)?;
            Some(value * 45 + digit)
        })?;
        match group.len() {
            3 => bytes.extend(u16::try_from(value).ok()?.to_be_bytes()),
            2 => bytes.push(u8::try_from(value).ok()?),
            _ => return None,
        }
    }
    Some(bytes)
}

#[cfg(test)]
#[path = "frames_tests.rs"]
mod tests;
