//! From one field to the next, as Enter asks for it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

const FIELDS: &str = "input, select, textarea";

/// A field that was just left.
pub struct Left {
    around: Element,
    field: HtmlElement,
}

/// Takes the focus from the field that has it, if it stands in the element with this id.
pub fn leave(around: &str) -> Option<Left> {
    let document = web_sys::window()?.document()?;
    let around = document.get_element_by_id(around)?;
    let field: HtmlElement = document.active_element()?.dyn_into().ok()?;
    if !around.contains(Some(&field)) || !field.matches(FIELDS).ok()? {
        return None;
    }
    field.blur().ok()?;
    Some(Left { around, field })
}

impl Left {
    /// Its id, or the name of the few of which it is one.
    pub fn name(&self) -> String {
        match self.field.dyn_ref::<HtmlInputElement>() {
            Some(input) if input.type_() == "radio" => input.name(),
            _ => self.field.id(),
        }
    }

    /// Moves the focus to the next empty field, if there is one behind this. Ticks are no
    /// fields to fill in, and neither is what is folded up.
    pub fn focus_next_empty(&self) -> bool {
        let Ok(fields) = self.around.query_selector_all(FIELDS) else {
            return false;
        };
        let next = (0..fields.length())
            .filter_map(|at| fields.item(at)?.dyn_into::<HtmlElement>().ok())
            .skip_while(|field| !field.is_same_node(Some(&self.field)))
            .skip(1)
            .find(|field| self.waits(field));
        next.is_some_and(|field| field.focus().is_ok())
    }

    /// Whether somebody has to fill a field in.
    fn waits(&self, field: &HtmlElement) -> bool {
        let is_shut = field.matches(":disabled, details:not([open]) *");
        if field.offset_parent().is_none() || is_shut.unwrap_or(true) {
            return false;
        }
        // A list always says something.
        let Some(input) = field.dyn_ref::<HtmlInputElement>() else {
            return false;
        };
        match input.type_().as_str() {
            "checkbox" => false,
            // The first of a few stands for them.
            "radio" => {
                let few = format!("input[name='{}']", input.name());
                let chosen = self.around.query_selector(&format!("{few}:checked"));
                !self.field.matches(&few).unwrap_or(true) && matches!(chosen, Ok(None))
            }
            _ => input.value().is_empty(),
        }
    }
}
