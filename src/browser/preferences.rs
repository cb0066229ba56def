//! What may be lost and names nobody: language, theme, and when the vault locks by
//! itself. Kept in localStorage.

use gloo_storage::{LocalStorage, Storage};

const LANGUAGE: &str = "pendapa.language";
const THEME: &str = "pendapa.theme";
const LOCK_IDLE: &str = "pendapa.lock_idle_minutes";
const LOCK_HIDDEN: &str = "pendapa.lock_hidden_seconds";

/// The language that was chosen, if any.
pub fn language() -> Option<String> {
    LocalStorage::get(LANGUAGE).ok()
}

/// Remembers the language.
pub fn keep_language(code: &str) {
    // A browser that refuses localStorage only forgets the preference.
    let _ = LocalStorage::set(LANGUAGE, code);
}

/// The theme that was chosen, if any.
pub fn theme() -> Option<String> {
    LocalStorage::get(THEME).ok()
}

/// Remembers the theme.
pub fn keep_theme(code: &str) {
    let _ = LocalStorage::set(THEME, code);
}

/// Minutes without a touch after which the vault is locked, if somebody chose.
pub fn lock_after_idle() -> Option<u32> {
    LocalStorage::get(LOCK_IDLE).ok()
}

/// Remembers the minutes without a touch.
pub fn keep_lock_after_idle(minutes: u32) {
    let _ = LocalStorage::set(LOCK_IDLE, minutes);
}

/// Seconds out of sight after which the vault is locked, if somebody chose.
pub fn lock_after_hidden() -> Option<u32> {
    LocalStorage::get(LOCK_HIDDEN).ok()
}

/// Remembers the seconds out of sight.
pub fn keep_lock_after_hidden(seconds: u32) {
    let _ = LocalStorage::set(LOCK_HIDDEN, seconds);
}
