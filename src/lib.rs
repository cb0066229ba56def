//! Pendapa registers people for social-security enrolment at a hall's door:
//! offline, with proof of save, and hands the registrations over as batches.
//!
//! Data has one way: keystroke → draft → registration → row → batch → desk.
//! The modules below are listed in the order in which a newcomer should read
//! them; `ARCHITECTURE.md` has the picture. `domain`, `format`, `store` and
//! `operations` compile for the host and are tested there; `browser` and `ui`
//! exist in the browser only. The workers are linked without the feature `app`
//! and have `domain`, `format`, `qr` and `vault`.

pub mod domain;
pub mod format;
pub mod qr;
pub mod vault;

#[cfg(feature = "app")]
pub mod store;

#[cfg(feature = "app")]
pub mod desk;
#[cfg(feature = "app")]
pub mod operations;

#[cfg(all(target_arch = "wasm32", feature = "app"))]
pub mod browser;
#[cfg(all(target_arch = "wasm32", feature = "app"))]
pub mod ui;
