//! What the browser can do, a capability a file. The only place that names
//! `web_sys`, `js_sys` and `wasm_bindgen`; no `JsValue` leaves it.

pub mod camera;
pub mod canaries;
pub mod clock;
pub mod error;
pub mod field_order;
pub mod files;
pub mod folder;
pub mod http;
pub mod idb;
pub mod page;
pub mod platform;
pub mod pointer;
pub mod preferences;
pub mod random;
pub mod storage;
pub mod tabs;
pub mod wake;
pub mod worker;
