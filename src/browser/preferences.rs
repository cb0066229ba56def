//! What may be lost and names nobody: language, theme and, on request, nothing
//! else. Kept in localStorage.

use gloo_storage::{LocalStorage, Storage};

const LANGUAGE: &str = "pendapa.language";
const THEME: &str = "pendapa.theme";

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
