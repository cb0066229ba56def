//! QR codes: [`draw`] makes one of a text, [`scan`] reads those in a picture. Pure:
//! screen and camera are `ui`'s and `browser`'s.

pub mod draw;
pub mod scan;

#[cfg(test)]
mod qr_tests;
