//! Parts of screens that know Leptos and nothing of the app.

pub mod icon;
