//! Rows and ranges of the store as IndexedDB has them.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::IdbKeyRange;

use crate::browser::error::JsError;
use crate::store::row::{Fields, Range, Row, Value};
use crate::store::schema::{IndexName, StoreName};

/// The range of index keys: everything that starts with the prefix, by an open
/// end that no number and no text of ours reaches.
pub(super) fn range_key(range: &Range) -> Result<JsValue, JsError> {
    let keys = |values: &[Value], end: Option<JsValue>| -> Array {
        values.iter().map(js_of).chain(end).collect()
    };
    // An empty array sorts after every number, text and binary key.
    let end: JsValue = Array::new().into();
    let range = match range {
        Range::All => return Err(JsError::named("NoIndex")),
        Range::Starting { index, prefix } if prefix.len() == index_length(*index) => {
            IdbKeyRange::only(&keys(prefix, None))?
        }
        Range::Starting { prefix, .. } => {
            IdbKeyRange::bound(&keys(prefix, None), &keys(prefix, Some(end)))?
        }
        Range::After { prefix, after, .. } => IdbKeyRange::bound_with_lower_open_and_upper_open(
            &keys(prefix, Some((*after as f64).into())),
            &keys(prefix, Some(end)),
            true,
            true,
        )?,
    };
    Ok(range.into())
}

fn index_length(index: IndexName) -> usize {
    index.fields().len()
}

fn js_of(value: &Value) -> JsValue {
    match value {
        Value::Integer(number) => JsValue::from(*number as f64),
        Value::Text(text) => JsValue::from(text.as_str()),
    }
}

/// The stored object of a row: plain fields and the body's bytes.
pub(super) fn value_of(row: &Row) -> Result<JsValue, JsError> {
    let object = Object::new();
    for (name, value) in &row.fields {
        Reflect::set(&object, &(*name).into(), &js_of(value))?;
    }
    Reflect::set(&object, &"id".into(), &JsValue::from(row.key.as_str()))?;
    Reflect::set(
        &object,
        &"body".into(),
        &Uint8Array::from(row.body.as_slice()),
    )?;
    Ok(object.into())
}

/// The row of a stored object. What is not as it should be is left out, and is
/// found damaged where it is read.
pub(super) fn row_of(store: StoreName, object: &JsValue) -> Row {
    let mut fields = Fields::new();
    for name in store.fields() {
        let value = Reflect::get(object, &(*name).into()).unwrap_or(JsValue::UNDEFINED);
        if let Some(number) = value.as_f64() {
            fields.insert(name, Value::Integer(number as i64));
        } else if let Some(text) = value.as_string() {
            fields.insert(name, Value::Text(text));
        }
    }
    let body = Reflect::get(object, &"body".into())
        .ok()
        .and_then(|body| body.dyn_into::<Uint8Array>().ok())
        .map_or_else(Vec::new, |body| body.to_vec());
    Row {
        key: text_of(object, "id").unwrap_or_default(),
        fields,
        body,
    }
}

pub(super) fn text_of(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &name.into()).ok()?.as_string()
}
