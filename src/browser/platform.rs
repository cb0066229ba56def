//! What `boot.js` knows of the platform: offline readiness, waiting updates,
//! installation. It keeps `window.pendapa` and says `pendapa:platform` when
//! something changes.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::page::{Listener, on};

/// Whether the app works without a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offline {
    /// This browser has no service workers.
    Unsupported,
    Installing,
    /// Every file is kept and was checked.
    Ready,
    Failed,
}

/// Whether the app can be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Install {
    Unavailable,
    /// The browser offers it.
    Available,
    Installed,
}

/// A look at the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Platform {
    pub offline: Offline,
    pub update_waiting: bool,
    pub install: Install,
    /// The browser thinks that there is a network.
    pub online: bool,
    /// An iPad or iPhone.
    pub is_ios: bool,
}

impl Platform {
    /// On iPadOS the tab of the browser and the installed app have different
    /// stores, and the tab's is deleted after a week; nobody may be registered
    /// there.
    pub fn needs_installing(&self) -> bool {
        self.is_ios && self.install != Install::Installed
    }
}

/// The platform as it is now.
pub fn look() -> Platform {
    let offline = bridge()
        .and_then(|bridge| Reflect::get(&bridge, &"offline".into()).ok())
        .map(|offline| text(&offline, "state"))
        .unwrap_or_default();
    let (update, install) = bridge().map_or_else(Default::default, |bridge| {
        (text(&bridge, "update"), text(&bridge, "install"))
    });
    let navigator = web_sys::window().map(|window| window.navigator());
    Platform {
        offline: match offline.as_str() {
            "installing" => Offline::Installing,
            "ready" => Offline::Ready,
            "failed" => Offline::Failed,
            _ => Offline::Unsupported,
        },
        update_waiting: update == "waiting",
        install: match install.as_str() {
            "available" => Install::Available,
            "installed" => Install::Installed,
            _ => Install::Unavailable,
        },
        online: navigator
            .as_ref()
            .is_none_or(|navigator| navigator.on_line()),
        is_ios: navigator.is_some_and(|navigator| {
            let agent = navigator.user_agent().unwrap_or_default();
            // An iPad says that it is a Mac; no Mac has a touch screen.
            agent.contains("iPad")
                || agent.contains("iPhone")
                || (agent.contains("Macintosh") && navigator.max_touch_points() > 1)
        }),
    }
}

/// Calls `then` whenever the platform may have changed.
pub fn watch(then: impl Fn() + Clone + 'static) -> [Listener; 3] {
    ["pendapa:platform", "online", "offline"].map(|name| on(name, then.clone()))
}

/// Starts the waiting version and reloads this page.
pub fn apply_update() {
    call("applyUpdate");
}

/// Shows the browser's own question whether to install; what was answered.
pub async fn prompt_install() -> String {
    let Some(promise) =
        call("promptInstall").and_then(|value| value.dyn_into::<js_sys::Promise>().ok())
    else {
        return "unavailable".to_owned();
    };
    JsFuture::from(promise)
        .await
        .ok()
        .and_then(|answer| answer.as_string())
        .unwrap_or_default()
}

/// The hook for panics: tells `boot.js`, which stops the page and says that
/// what was saved is safe. Only the place in the source is passed on.
pub fn stop_page(place: &str) {
    if let Some(stop) = web_sys::window()
        .and_then(|window| Reflect::get(&window, &"pendapaStopped".into()).ok())
        .and_then(|stop| stop.dyn_into::<Function>().ok())
    {
        let _ = stop.call1(&JsValue::NULL, &place.into());
    }
}

fn bridge() -> Option<Object> {
    let window = web_sys::window()?;
    Reflect::get(&window, &"pendapa".into())
        .ok()?
        .dyn_into()
        .ok()
}

fn text(object: &JsValue, name: &str) -> String {
    Reflect::get(object, &name.into())
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

fn call(method: &str) -> Option<JsValue> {
    let bridge = bridge()?;
    let function: Function = Reflect::get(&bridge, &method.into())
        .ok()?
        .dyn_into()
        .ok()?;
    function.call0(&bridge).ok()
}
