//! Keys and what they close: rows on this tablet, the key that opens them, and
//! batches on their way to the office. Well-kept ciphers only; what is ours is
//! what is bound to what. Pure: chance comes as bytes, from whoever asks.
//!
//! - [`seal`] closes one row, so that it opens in its own place only.
//! - [`open`] is what can be done while the passphrase was said.
//! - [`words`] makes passphrases for people.
//! - [`wrap`] closes the data key of an event by a passphrase or a recovery key.
//! - [`sign`] says which tablet made a batch.
//! - [`carry`] closes a batch to the office, as a file that any age tool opens.
//! - [`errand`] is how the app asks its workers for the heavy parts of it.

pub mod carry;
pub mod errand;
pub mod open;
pub mod seal;
pub mod sign;
pub mod words;
pub mod wrap;

#[cfg(test)]
mod carry_tests;
#[cfg(test)]
mod open_tests;
#[cfg(test)]
mod vault_tests;
