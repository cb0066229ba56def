//! The screens.

pub mod parts;

/// Mounts the app.
pub fn start() {}
