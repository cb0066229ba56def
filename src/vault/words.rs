//! Passphrases that people can write on a card and type again: six everyday
//! Indonesian words of 1,024, which is 60 bits of chance. Words have four to seven
//! letters, no two begin with the same four, and no two differ by one letter.

use zeroize::Zeroizing;

/// One word a line, sorted.
const WORDS: &str = include_str!("words.txt");
/// Words of a passphrase.
const COUNT: usize = 6;
/// Random bytes that a passphrase is made of.
pub const PASSPHRASE_BYTES: usize = 2 * COUNT;

/// A passphrase of random bytes, with one blank between words.
pub fn passphrase(random: &[u8; PASSPHRASE_BYTES]) -> Zeroizing<String> {
    let words: Vec<&str> = WORDS.lines().collect();
    let mut text = Zeroizing::new(String::with_capacity(8 * COUNT));
    for pair in random.chunks_exact(2) {
        // 1,024 divides 65,536: every word is as likely as every other.
        let number = usize::from(u16::from_be_bytes([pair[0], pair[1]]));
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(words[number % words.len()]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_words_are_as_promised() {
        let words: Vec<&str> = WORDS.lines().collect();
        assert_eq!(words.len(), 1024);
        assert!(words.is_sorted());
        let beginnings: BTreeSet<&str> = words.iter().map(|word| &word[..4]).collect();
        assert_eq!(beginnings.len(), words.len());
        for word in &words {
            assert!((4..=7).contains(&word.len()), "{word}");
            assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
        }
        let by_one = |one: &str, other: &str| {
            let differ = one.bytes().zip(other.bytes()).filter(|(a, b)| a != b);
            one.len() == other.len() && differ.count() == 1
        };
        for (at, one) in words.iter().enumerate() {
            let close = words[..at].iter().find(|other| by_one(one, other));
            assert_eq!(close, None, "{one}");
        }
    }

    #[test]
    fn a_passphrase_has_six_words_and_follows_chance() {
        let first = passphrase(&[0; PASSPHRASE_BYTES]);
        let last = passphrase(&[255; PASSPHRASE_BYTES]);
        for text in [&first, &last] {
            assert_eq!(text.split(' ').count(), 6);
            assert!(text.chars().count() >= super::super::wrap::LEAST_PASSPHRASE);
        }
        assert_ne!(first, last);
        assert_eq!(first.split(' ').next(), WORDS.lines().next());
        assert_eq!(last.split(' ').next(), WORDS.lines().last());
    }
}
