//! Who seals in the age format: in the browser a worker, on the host the same code.

use zeroize::Zeroizing;

/// Seals to recipients (`age1…`) and opens with identities (`AGE-SECRET-KEY-1…`).
/// An error is a text for the log of faults; it names no key.
pub trait Sealer {
    /// A new identity and its recipient.
    fn identity(&self) -> impl Future<Output = Result<(Zeroizing<String>, String), String>>;

    /// Seals bytes to everybody who is named; each of them opens them alone.
    fn seal(
        &self,
        recipients: &[String],
        plain: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, String>>;

    /// Opens what was sealed to this identity.
    fn open(&self, identity: &str, sealed: &[u8]) -> impl Future<Output = Result<Vec<u8>, String>>;
}
