//! Whom a tablet registered, told to the other tablets of the event: fingerprints of NIKs
//! with their numbers, as short as a hundred people fit into two QR codes
//! (`docs/exchange-format.md`).

use thiserror::Error;

use super::digest::{from_hex, sha256};
use crate::domain::{DeviceId, EventId, TabletLetter};

const MAGIC: &[u8; 3] = b"PDX";
const VERSION: u8 = 1;
/// Magic, version, event, device, letter, revisions saved.
const HEAD: usize = 3 + 1 + 16 + 16 + 1 + 4;
const CHECK: usize = 8;
const ENTRY: usize = PRINT + 2;
/// Bytes of a fingerprint that are told: two NIKs of 10,000 people share them by chance
/// once in more than 10^11 events.
pub const PRINT: usize = 8;

/// What a tablet tells of an event. It tells all of it each time, so whoever takes the
/// same twice, or an older one after a newer one, knows what they knew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    pub event: EventId,
    pub device: DeviceId,
    pub letter: TabletLetter,
    /// Revisions that the tablet had saved: more is newer.
    pub saved: u32,
    /// Registrations that stand, by letter and counter of their numbers.
    pub people: Vec<Exchanged>,
}

/// A registration on another tablet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exchanged {
    /// Of the number: another than the tablet's own where it went on from a backup.
    pub letter: TabletLetter,
    pub counter: u16,
    /// The first bytes of the NIK's fingerprint under the event's key.
    pub print: [u8; PRINT],
}

/// Why bytes are not what a tablet told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ExchangeFormatError {
    #[error("not from the exchange of a tablet")]
    Format,
    #[error("exchange version {0} is newer than this app")]
    Newer(u8),
    #[error("what the tablet told is not whole")]
    Broken,
}

/// The first bytes of a fingerprint; `None`: the text is none.
pub fn short_print(fingerprint: &str) -> Option<[u8; PRINT]> {
    from_hex(fingerprint.get(..2 * PRINT)?)?.try_into().ok()
}

/// The bytes that tell it.
pub fn write_exchange(exchange: &Exchange) -> Vec<u8> {
    let mut people = exchange.people.clone();
    people.sort_unstable();
    let mut bytes = Vec::with_capacity(HEAD + people.len() * ENTRY + CHECK + 3);
    bytes.extend(MAGIC);
    bytes.push(VERSION);
    bytes.extend(exchange.event.0.as_bytes());
    bytes.extend(exchange.device.0.as_bytes());
    bytes.push(letter_byte(exchange.letter));
    bytes.extend(exchange.saved.to_be_bytes());
    for group in people.chunk_by(|one, two| one.letter == two.letter) {
        for part in group.chunks(usize::from(u16::MAX)) {
            bytes.push(letter_byte(part[0].letter));
            // As many as fit, by the line above.
            let count = u16::try_from(part.len()).unwrap_or(u16::MAX);
            bytes.extend(count.to_be_bytes());
            for person in part {
                bytes.extend(person.counter.to_be_bytes());
                bytes.extend(person.print);
            }
        }
    }
    let check = sha256(&bytes);
    bytes.extend(&check.0[..CHECK]);
    bytes
}

/// Reads what a tablet told.
pub fn read_exchange(bytes: &[u8]) -> Result<Exchange, ExchangeFormatError> {
    use ExchangeFormatError::{Broken, Format, Newer};
    if bytes.get(..3) != Some(MAGIC) {
        return Err(Format);
    }
    match bytes.get(3) {
        Some(&VERSION) => {}
        Some(newer) if *newer > VERSION => return Err(Newer(*newer)),
        _ => return Err(Format),
    }
    let (told, check) = bytes.split_last_chunk::<CHECK>().ok_or(Broken)?;
    if sha256(told).0[..CHECK] != check[..] {
        return Err(Broken);
    }
    let mut rest = told.get(4..).ok_or(Broken)?;
    let event = uuid::Uuid::from_bytes(take(&mut rest).ok_or(Broken)?);
    let device = uuid::Uuid::from_bytes(take(&mut rest).ok_or(Broken)?);
    let letter = read_letter(take(&mut rest).ok_or(Broken)?).ok_or(Broken)?;
    let saved = u32::from_be_bytes(take(&mut rest).ok_or(Broken)?);
    let mut people = Vec::new();
    while !rest.is_empty() {
        let letter = read_letter(take(&mut rest).ok_or(Broken)?).ok_or(Broken)?;
        let count = u16::from_be_bytes(take(&mut rest).ok_or(Broken)?);
        for _ in 0..count {
            people.push(Exchanged {
                letter,
                counter: u16::from_be_bytes(take(&mut rest).ok_or(Broken)?),
                print: take(&mut rest).ok_or(Broken)?,
            });
        }
    }
    Ok(Exchange {
        event: EventId(event),
        device: DeviceId(device),
        letter,
        saved,
        people,
    })
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, left) = rest.split_first_chunk::<N>()?;
    *rest = left;
    Some(*taken)
}

fn letter_byte(letter: TabletLetter) -> u8 {
    // A letter A to Z is one byte.
    letter.as_char() as u8
}

fn read_letter([byte]: [u8; 1]) -> Option<TabletLetter> {
    let letter = TabletLetter::parse(&char::from(byte).to_string()).ok()?;
    (letter_byte(letter) == byte).then_some(letter)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::format::frames::{MOST_CHARACTERS, split_tightly};
    use crate::format::vector_tests::{assert_bytes, vector};

    fn letter(letter: char) -> TabletLetter {
        TabletLetter::parse(&letter.to_string()).expect("a letter")
    }

    fn exchange(count: u16) -> Exchange {
        let people = (0..count).map(|at| Exchanged {
            letter: letter(if at % 50 == 7 { 'A' } else { 'B' }),
            counter: at + 1,
            print: sha256(&at.to_be_bytes()).0[..PRINT]
                .try_into()
                .expect("a print"),
        });
        let mut people: Vec<_> = people.collect();
        people.sort_unstable();
        Exchange {
            event: EventId(uuid::Uuid::from_u128(1)),
            device: DeviceId(uuid::Uuid::from_u128(2)),
            letter: letter('B'),
            saved: 113,
            people,
        }
    }

    #[test]
    fn version_1_stays_readable_for_ever() {
        let path = "exchange/v1.hex";
        let text = |exchange: &Exchange| {
            let mut text = crate::format::digest::hex(&write_exchange(exchange));
            text.push('\n');
            text.into_bytes()
        };
        let vector = vector(path, || text(&exchange(3)));
        let bytes = from_hex(std::str::from_utf8(&vector).expect("text").trim()).expect("bytes");
        assert_eq!(read_exchange(&bytes), Ok(exchange(3)));
        assert_bytes(path, &text(&exchange(3)), &vector);
    }

    #[test]
    fn a_hundred_people_fit_into_two_codes_of_at_most_900_characters() {
        for (people, codes) in [(0, 1), (50, 1), (100, 2), (450, 8)] {
            let frames = split_tightly(&write_exchange(&exchange(people))).expect("frames");
            assert_eq!(frames.len(), codes, "{people}");
            assert!(frames.iter().all(|frame| frame.len() <= MOST_CHARACTERS));
        }
    }

    #[test]
    fn what_is_cut_changed_newer_or_something_else_is_refused() {
        let bytes = write_exchange(&exchange(5));
        for end in 4..bytes.len() {
            let read = read_exchange(&bytes[..end]);
            assert_eq!(read, Err(ExchangeFormatError::Broken), "{end}");
        }
        let mut newer = bytes.clone();
        newer[3] = 2;
        assert_eq!(read_exchange(&newer), Err(ExchangeFormatError::Newer(2)));
        for other in [&b""[..], b"PD", b"PDX", b"{}", b"age-encryption.org/v1"] {
            assert_eq!(read_exchange(other), Err(ExchangeFormatError::Format));
        }
        // A letter that is none, under a hash that fits.
        let mut wrong = bytes[..bytes.len() - CHECK].to_vec();
        wrong[36] = b'b';
        let check = sha256(&wrong);
        wrong.extend(&check.0[..CHECK]);
        assert_eq!(read_exchange(&wrong), Err(ExchangeFormatError::Broken));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = read_exchange(&bytes);
        }

        #[test]
        fn what_is_told_is_read(entries in proptest::collection::vec((0..26_u8, any::<u16>(), any::<[u8; PRINT]>()), 0..300), saved: u32) {
            let mut people: Vec<Exchanged> = entries
                .into_iter()
                .map(|(at, counter, print)| Exchanged { letter: letter(char::from(b'A' + at)), counter, print })
                .collect();
            people.sort_unstable();
            let told = Exchange { people, saved, ..exchange(0) };
            prop_assert_eq!(read_exchange(&write_exchange(&told)), Ok(told));
        }
    }
}
