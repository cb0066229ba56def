//! Whether the device has a camera, without asking to use it.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Looks. A browser that does not tell counts as one without.
pub async fn look() -> bool {
    let listed = async {
        let navigator = web_sys::window()?.navigator();
        let devices = Reflect::get(&navigator, &"mediaDevices".into()).ok()?;
        let list: Function = Reflect::get(&devices, &"enumerateDevices".into())
            .ok()?
            .dyn_into()
            .ok()?;
        let promise: Promise = list.call0(&devices).ok()?.dyn_into().ok()?;
        let devices: Array = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
        Some(devices.iter().any(|device| {
            Reflect::get(&device, &"kind".into())
                .is_ok_and(|kind| kind.as_string().as_deref() == Some("videoinput"))
        }))
    };
    listed.await.unwrap_or(false)
}
