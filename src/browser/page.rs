//! The page itself: address, title, focus, timers, events of the window.

use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlElement, HtmlInputElement, Window};

fn window() -> Window {
    web_sys::window().expect("the app runs in a window")
}

fn document() -> Document {
    window().document().expect("a window has a document")
}

/// The part of the address behind `#`.
pub fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Goes to another place in the app.
pub fn go(hash: &str) {
    // Setting the hash of an own page cannot fail.
    let _ = window().location().set_hash(hash);
}

/// Goes to another place without leaving a step back to this one.
pub fn replace(hash: &str) {
    let _ = window().location().replace(hash);
}

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}

/// Opens the print dialogue.
pub fn print() {
    let _ = window().print();
}

/// Sets the title of the window.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Sets the language of the whole page, for screen readers and `Intl`.
pub fn set_language(code: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", code);
    }
}

/// Sets the theme of the whole page; `auto` follows the system.
pub fn set_theme(theme: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-theme", theme);
    }
}

/// Moves the focus to the element with this id, if it is there. What is folded
/// around it is unfolded, because a hidden element takes no focus.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        if let Ok(Some(fold)) = element.closest("details:not([open])") {
            let _ = fold.set_attribute("open", "");
        }
        let _ = element.focus();
    }
}

/// Writes a text in place of what is being typed into the field with this id. The
/// caret stays before as many digits as it stood before.
pub fn retype(id: &str, text: &str) {
    let Some(field) = element(id).and_then(|element| element.dyn_into::<HtmlInputElement>().ok())
    else {
        return;
    };
    let caret = field.selection_end().ok().flatten().unwrap_or(u32::MAX);
    let is_digit = |character: &char| character.is_ascii_digit();
    let typed = field.value();
    let behind = typed
        .chars()
        .skip(usize::try_from(caret).unwrap_or(usize::MAX))
        .filter(is_digit)
        .count();
    field.set_value(text);
    let mut digits = text.chars().filter(is_digit).count();
    let place = text
        .chars()
        .take_while(|character| {
            let is_before = digits > behind;
            digits -= usize::from(character.is_ascii_digit());
            is_before
        })
        .count();
    let place = u32::try_from(place).unwrap_or(u32::MAX);
    let _ = field.set_selection_range(place, place);
}

/// Moves the focus into what was just drawn, once it stands. Who is in a field by
/// then stays there: what is being typed would go on in another one.
pub fn focus_drawn(id: &'static str) {
    after(0, move || {
        let is_in_field = document().active_element().is_some_and(|element| {
            element
                .matches("input, select, textarea")
                .unwrap_or_default()
        });
        if !is_in_field {
            focus(id);
        }
    });
}

/// Whether the browser knows of a network. That there is one does not mean that
/// anything answers.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Whether the element with this id has the focus itself.
pub fn is_focused(id: &str) -> bool {
    document()
        .active_element()
        .is_some_and(|element| element.id() == id)
}

/// Scrolls the content back to its beginning.
pub fn scroll_to_start() {
    if let Some(main) = document().query_selector("main").ok().flatten() {
        main.set_scroll_top(0);
    }
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Whether the device points as exactly as a mouse does: it has a keyboard then,
/// and a field that takes the focus by itself calls none up over the page.
pub fn has_keyboard() -> bool {
    // A media query, because browsers do not tell of keyboards.
    matches_media("(hover: hover) and (pointer: fine)")
}

/// Whether the person asked the system for less motion.
pub fn wants_less_motion() -> bool {
    matches_media("(prefers-reduced-motion: reduce)")
}

fn matches_media(query: &str) -> bool {
    let window = window();
    js_sys::Reflect::get(&window, &"matchMedia".into())
        .and_then(|matcher| matcher.dyn_into::<js_sys::Function>())
        .and_then(|matcher| matcher.call1(&window, &query.into()))
        .and_then(|list| js_sys::Reflect::get(&list, &"matches".into()))
        .is_ok_and(|matches| matches.is_truthy())
}

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Shows a `dialog` element as a modal one.
pub fn show_dialog(id: &str) {
    if let Some(dialog) = element(id).and_then(|element| {
        element
            .dyn_into::<web_sys::HtmlDialogElement>()
            .ok()
            .filter(|dialog| !dialog.open())
    }) {
        let _ = dialog.show_modal();
    }
}

/// Closes a `dialog` element.
pub fn close_dialog(id: &str) {
    if let Some(dialog) =
        element(id).and_then(|element| element.dyn_into::<web_sys::HtmlDialogElement>().ok())
    {
        dialog.close();
    }
}

/// What the page's `meta` of this name says.
pub(super) fn meta(name: &str) -> String {
    document()
        .query_selector(&format!("meta[name={name}]"))
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default()
}

/// The identity of the build.
pub fn build() -> String {
    meta("build")
}

/// Tells `boot.js` that the app is on the screen.
pub fn say_started() {
    if let Ok(event) = web_sys::Event::new("pendapa:started") {
        let _ = window().dispatch_event(&event);
    }
}

/// The languages that the browser prefers, best first.
pub fn languages() -> Vec<String> {
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|language| language.as_string())
        .collect()
}

/// A listener on the window that lasts as long as the value.
pub struct Listener {
    name: &'static str,
    closure: Closure<dyn FnMut(web_sys::Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = window()
            .remove_event_listener_with_callback(self.name, self.closure.as_ref().unchecked_ref());
    }
}

/// Calls `then` at each event of this name on the window.
pub fn on(name: &'static str, mut then: impl FnMut() + 'static) -> Listener {
    on_event(name, move |_| then())
}

/// Calls `then` with each event of this name on the window.
pub(super) fn on_event(name: &'static str, then: impl FnMut(web_sys::Event) + 'static) -> Listener {
    let closure = Closure::<dyn FnMut(web_sys::Event)>::new(then);
    let _ = window().add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    Listener { name, closure }
}

/// Calls `then` once after so many milliseconds.
pub fn after(milliseconds: i32, then: impl FnOnce() + 'static) -> i32 {
    let closure = Closure::once_into_js(then);
    window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(
            closure.unchecked_ref(),
            milliseconds,
        )
        .unwrap_or(0)
}

/// Waits so many milliseconds.
pub(super) async fn pause(milliseconds: i32) {
    let (sender, passed) = futures_channel::oneshot::channel();
    after(milliseconds, move || {
        // Nobody waits any more.
        let _ = sender.send(());
    });
    let _ = passed.await;
}

/// Calls `then` again and again, for as long as the page lives.
pub fn every(milliseconds: i32, then: impl FnMut() + 'static) {
    let closure = Closure::<dyn FnMut()>::new(then);
    let _ = window().set_interval_with_callback_and_timeout_and_arguments_0(
        closure.as_ref().unchecked_ref(),
        milliseconds,
    );
    closure.forget();
}

/// Whether nobody sees the page.
pub fn is_hidden() -> bool {
    document().hidden()
}

/// Covers what is on the screen while another app is before it.
pub fn set_veil(veiled: bool) {
    if let Some(root) = document().document_element() {
        let _ = root.toggle_attribute_with_force("data-veiled", veiled);
    }
}

/// Lets a call of `after` be.
pub fn forget_after(timer: i32) {
    window().clear_timeout_with_handle(timer);
}

/// Formats with the browser's `Intl`: a moment by the options of
/// `Intl.DateTimeFormat`, in the time zone of the tablet.
pub fn format_date(language: &str, unix_ms: f64, options: &[(&str, &str)]) -> String {
    let bag = js_sys::Object::new();
    for (name, value) in options {
        let _ = js_sys::Reflect::set(&bag, &(*name).into(), &(*value).into());
    }
    let date = js_sys::Date::new(&unix_ms.into());
    date.to_locale_string(language, &bag).into()
}
