//! Pendapa registers people for social-security enrolment at a hall's door:
//! offline, with proof of save, and hands the registrations over as batches.
//!
//! Data has one way: keystroke → draft → registration → row → batch → desk.
//! The modules below are listed in the order in which a newcomer should read
//! them; `ARCHITECTURE.md` has the picture. `domain`, `format`, `store` and
//! `operations` compile for the host and are tested there; `browser` and `ui`
//! exist in the browser only.

pub mod domain;
pub mod format;
pub mod vault;

pub mod store;

pub mod desk;
pub mod operations;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
