//! Chance, from the browser's cryptographic source.

use uuid::Uuid;

use crate::domain::Moment;

/// Fills the bytes with chance.
///
/// # Panics
/// If the browser has no `crypto`, which no browser of the last ten years lacks.
pub fn fill(bytes: &mut [u8]) {
    let crypto = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .expect("every browser has crypto");
    // The source gives at most 64 KiB at once.
    for chunk in bytes.chunks_mut(65_536) {
        crypto
            .get_random_values_with_u8_array(chunk)
            .expect("64 KiB at most are asked for");
    }
}

/// A fresh UUIDv7 (RFC 9562).
pub fn uuid(now: Moment) -> Uuid {
    let mut noise = [0; 10];
    fill(&mut noise);
    let millis = u64::try_from(now.unix_ms()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &noise).into_uuid()
}
