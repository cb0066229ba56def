//! Where a finger or a pen is.

use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// The element keeps hearing of this finger or pen until it is lifted, wherever it goes.
/// Whether it is the one that draws: not a second finger, and no other button of a mouse.
pub fn hold(event: &PointerEvent) -> bool {
    let is_drawing = event.is_primary() && event.button() == 0;
    if is_drawing && let Some(element) = element(event) {
        let _ = element.set_pointer_capture(event.pointer_id());
    }
    is_drawing
}

/// Where it is, and was since the event before, from the left and from the top of the
/// element: in widths of the element.
pub fn places(event: &PointerEvent) -> Vec<(f64, f64)> {
    let Some(element) = element(event) else {
        return Vec::new();
    };
    let rect = element.get_bounding_client_rect();
    let place = |event: &PointerEvent| {
        let left = f64::from(event.client_x()) - rect.left();
        let top = f64::from(event.client_y()) - rect.top();
        (left / rect.width(), top / rect.width())
    };
    // A screen is drawn less often than it is touched.
    let between = event.get_coalesced_events();
    let mut places: Vec<_> = between
        .iter()
        .filter_map(|event| event.dyn_into::<PointerEvent>().ok())
        .map(|event| place(&event))
        .collect();
    if places.is_empty() {
        places.push(place(event));
    }
    places
}

fn element(event: &PointerEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
