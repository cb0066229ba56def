//! Files out of the app: the browser's download, and the system's share sheet
//! where there is one. And into it: chosen, dropped, or opened with the app.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DragEvent, File, FilePropertyBag, HtmlAnchorElement, HtmlInputElement,
    Url,
};

use super::error::JsError;
use super::page::Listener;

/// Media type of a batch.
pub const JSON: &str = "application/json";
/// Media type of a batch that is sealed.
pub const SEALED: &str = "application/octet-stream";
/// Media type of a spreadsheet.
pub const CSV: &str = "text/csv";

/// Gives a file to the browser to save. Where it goes, and whether, nobody
/// tells the app.
pub fn download(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsError> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts(bytes), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or_else(|| JsError::named("NoWindow"))?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // The browser reads the file after the click; the address may go later.
    super::page::after(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    });
    Ok(())
}

/// Whether this browser can share a file of this kind.
pub fn can_share(name: &str, media_type: &str) -> bool {
    share_data(name, media_type, b"{}").is_ok_and(|data| {
        navigator_call("canShare", &data).is_ok_and(|can| can.as_bool() == Some(true))
    })
}

/// Opens the share sheet. `false`: the person closed it.
pub async fn share(name: &str, media_type: &str, bytes: &[u8]) -> Result<bool, JsError> {
    let data = share_data(name, media_type, bytes)?;
    let promise: js_sys::Promise = navigator_call("share", &data)?.unchecked_into();
    match JsFuture::from(promise).await {
        Ok(_) => Ok(true),
        Err(thrown) => {
            let error = JsError::of(&thrown);
            if error.name == "AbortError" {
                Ok(false)
            } else {
                Err(error)
            }
        }
    }
}

fn parts(bytes: &[u8]) -> Array {
    Array::of1(&Uint8Array::from(bytes))
}

fn share_data(name: &str, media_type: &str, bytes: &[u8]) -> Result<Object, JsError> {
    let options = FilePropertyBag::new();
    options.set_type(media_type);
    let file = File::new_with_u8_array_sequence_and_options(&parts(bytes), name, &options)?;
    let data = Object::new();
    Reflect::set(&data, &"files".into(), &Array::of1(&file))?;
    Ok(data)
}

/// Calls a method of `navigator` that some browsers do not have.
fn navigator_call(method: &str, argument: &Object) -> Result<JsValue, JsError> {
    let navigator = web_sys::window()
        .ok_or_else(|| JsError::named("NoWindow"))?
        .navigator();
    let function: js_sys::Function = Reflect::get(&navigator, &method.into())?
        .dyn_into()
        .map_err(|_| JsError::named("NotSupported"))?;
    Ok(function.call1(&navigator, argument)?)
}

/// Largest file that is taken in, in bytes: the backup of an event with ten thousand
/// registrations has some fifty million.
const MOST_BYTES: f64 = 64.0 * 1024.0 * 1024.0;

/// What was chosen in the file field with this id; `None`: nothing.
pub async fn chosen(id: &str) -> Result<Option<Vec<u8>>, JsError> {
    let file = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id))
        .and_then(|element| element.dyn_into::<HtmlInputElement>().ok())
        .and_then(|input| input.files())
        .and_then(|files| files.get(0));
    match file {
        None => Ok(None),
        Some(file) => read(&file).await.map(Some),
    }
}

/// Takes files that are dropped anywhere on the page, for as long as the value lives.
pub fn on_drop(then: impl FnMut(Result<Vec<u8>, JsError>) + Clone + 'static) -> [Listener; 2] {
    [
        super::page::on_event("dragover", |event| event.prevent_default()),
        super::page::on_event("drop", move |event| {
            event.prevent_default();
            let file = event
                .dyn_ref::<DragEvent>()
                .and_then(DragEvent::data_transfer)
                .and_then(|transfer| transfer.files())
                .and_then(|files| files.get(0));
            let Some(file) = file else { return };
            let mut then = then.clone();
            wasm_bindgen_futures::spawn_local(async move { then(read(&file).await) });
        }),
    ]
}

/// The file with which the system opened the app, once; `boot.js` keeps it.
pub async fn launched() -> Result<Option<Vec<u8>>, JsError> {
    let window = web_sys::window().ok_or_else(|| JsError::named("NoWindow"))?;
    let bridge = Reflect::get(&window, &"pendapa".into())?;
    let take: js_sys::Function = match Reflect::get(&bridge, &"takeLaunched".into())?.dyn_into() {
        Ok(take) => take,
        Err(_) => return Ok(None),
    };
    match take.call0(&bridge)?.dyn_into::<File>() {
        Ok(file) => read(&file).await.map(Some),
        Err(_) => Ok(None),
    }
}

async fn read(file: &File) -> Result<Vec<u8>, JsError> {
    if file.size() > MOST_BYTES {
        return Err(JsError::named("TooLarge"));
    }
    let buffer = JsFuture::from(file.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
