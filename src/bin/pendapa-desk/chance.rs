//! Chance and time, where a deed of the command line starts.

use uuid::Uuid;

use crate::desk::Trouble;

/// Random bytes.
pub fn random<const N: usize>() -> Result<[u8; N], Trouble> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| format!("no randomness: {error}"))?;
    Ok(bytes)
}

/// Milliseconds since 1970.
pub fn now() -> Result<u64, Trouble> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a command line has a clock, and a deed starts here"
    )]
    let now = std::time::SystemTime::now();
    let millis = now
        .duration_since(std::time::UNIX_EPOCH)
        .map_err(|_| "this computer's clock stands before 1970. Set it first".to_owned())?
        .as_millis();
    Ok(u64::try_from(millis).unwrap_or(0))
}

/// An id of version 7, as tablets make them.
pub fn new_id() -> Result<Uuid, Trouble> {
    Ok(uuid::Builder::from_unix_timestamp_millis(now()?, &random()?).into_uuid())
}
