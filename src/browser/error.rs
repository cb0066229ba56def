//! A JavaScript exception as its name and message.

use wasm_bindgen::{JsCast, JsValue};

/// What a browser call threw or rejected with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsError {
    /// The name of the exception, such as `QuotaExceededError`.
    pub name: String,
    pub message: String,
}

impl JsError {
    /// From whatever was thrown. Names are read as a property, because some
    /// exceptions became classes of their own in newer browsers.
    pub(super) fn of(thrown: &JsValue) -> Self {
        let read = |property: &str| {
            js_sys::Reflect::get(thrown, &property.into())
                .ok()
                .and_then(|value| value.as_string())
        };
        JsError {
            name: read("name").unwrap_or_else(|| "Error".to_owned()),
            message: read("message")
                .or_else(|| thrown.dyn_ref::<js_sys::JsString>().map(String::from))
                .unwrap_or_default(),
        }
    }

    /// An error of our own, by name.
    pub(super) fn named(name: &str) -> Self {
        JsError {
            name: name.to_owned(),
            message: String::new(),
        }
    }
}

impl From<JsValue> for JsError {
    fn from(thrown: JsValue) -> Self {
        JsError::of(&thrown)
    }
}
