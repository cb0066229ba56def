//! The rear camera, which reads QR codes: by the browser's own `BarcodeDetector`
//! where there is one, and by our worker everywhere else.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::future::{AbortHandle, abortable};
use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use thiserror::Error;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, MediaStream, MediaStreamTrack,
};

use super::error::JsError;
use super::page;
use super::worker::CodeReader;

/// The camera on the back, in a size whose codes are sharp enough.
const ASKED: &str = r#"{"audio":false,"video":{"facingMode":{"ideal":"environment"},"width":{"ideal":1280},"height":{"ideal":720}}}"#;
/// Rest between two pictures.
const PAUSE_MS: i32 = 120;
/// Most points a side of what the worker reads. More takes longer and reads no more.
const MOST_SIDE: u32 = 800;
/// So often in a row a reader may fail before it counts as useless.
const MOST_FAILURES: u32 = 3;

/// Why the camera reads nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CameraError {
    #[error("there is no camera")]
    Missing,
    #[error("the camera may not be used")]
    Refused,
    /// Another app has it, or took it away.
    #[error("the camera is in use")]
    Busy,
    /// What reads codes did not come, or stopped more than once.
    #[error("nothing here reads codes")]
    NoReader,
}

impl CameraError {
    fn of(thrown: &JsValue) -> Self {
        match JsError::of(thrown).name.as_str() {
            "NotAllowedError" | "SecurityError" => CameraError::Refused,
            "NotReadableError" | "AbortError" => CameraError::Busy,
            // `NotFoundError`, `OverconstrainedError`, and where a page over plain HTTP has none.
            _ => CameraError::Missing,
        }
    }
}

/// An open camera. Dropped, it is switched off.
pub struct Camera {
    _light: Light,
    is_open: Rc<Cell<bool>>,
    looking: AbortHandle,
    _on_ended: Closure<dyn FnMut()>,
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.is_open.set(false);
        // Ends the worker as well.
        self.looking.abort();
    }
}

/// The stream of a camera, and the video that shows it, until it is dropped.
struct Light {
    stream: MediaStream,
    video: HtmlVideoElement,
}

impl Light {
    fn tracks(&self) -> impl Iterator<Item = MediaStreamTrack> {
        let tracks = self.stream.get_tracks();
        tracks.into_iter().map(JsCast::unchecked_into)
    }
}

impl Drop for Light {
    fn drop(&mut self) {
        for track in self.tracks() {
            track.set_onended(None);
            track.stop();
        }
        self.video.set_src_object(None);
    }
}

/// Opens the rear camera and shows it in the `video` element with this id. `on_text`
/// is called with each text as often as it is read, `on_end` once if the camera is
/// taken away, or nothing can read its pictures.
pub async fn open(
    video: &str,
    on_text: impl FnMut(String) + 'static,
    on_end: impl FnOnce(CameraError) + 'static,
) -> Result<Camera, CameraError> {
    let light = switch_on(video).await?;
    let is_open = Rc::new(Cell::new(true));
    let on_end = Rc::new(RefCell::new(Some(on_end)));
    let end = {
        let is_open = is_open.clone();
        move |error| {
            let on_end = on_end.borrow_mut().take();
            if let Some(on_end) = on_end.filter(|_| is_open.get()) {
                on_end(error);
            }
        }
    };
    let on_ended = Closure::<dyn FnMut()>::new({
        let end = end.clone();
        move || end(CameraError::Busy)
    });
    for track in light.tracks() {
        track.set_onended(Some(on_ended.as_ref().unchecked_ref()));
    }
    let (look, looking) = abortable(look(light.video.clone(), is_open.clone(), on_text));
    spawn_local(async move {
        if look.await.is_ok() {
            end(CameraError::NoReader);
        }
    });
    Ok(Camera {
        _light: light,
        is_open,
        looking,
        _on_ended: on_ended,
    })
}

async fn switch_on(video: &str) -> Result<Light, CameraError> {
    let window = web_sys::window().ok_or(CameraError::Missing)?;
    let devices = window.navigator().media_devices();
    let devices = devices
        .ok()
        .filter(|devices| devices.is_object())
        .ok_or(CameraError::Missing)?;
    let asked = JSON::parse(ASKED).map_err(|_| CameraError::Missing)?;
    let promise = devices.get_user_media_with_constraints(asked.unchecked_ref());
    let stream = match promise {
        Ok(promise) => JsFuture::from(promise).await,
        Err(thrown) => Err(thrown),
    };
    let stream: MediaStream = stream
        .map_err(|thrown| CameraError::of(&thrown))?
        .unchecked_into();
    let element = window
        .document()
        .and_then(|document| document.get_element_by_id(video))
        .and_then(|element| element.dyn_into::<HtmlVideoElement>().ok());
    let Some(video) = element else {
        // The page went elsewhere while the person was asked.
        for track in stream.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
        return Err(CameraError::Missing);
    };
    // Without both, iPads show a video on the whole screen, and none by itself.
    let _ = video.set_attribute("playsinline", "");
    video.set_muted(true);
    video.set_src_object(Some(&stream));
    let light = Light { stream, video };
    let playing = light.video.play().map_err(|_| CameraError::Busy)?;
    JsFuture::from(playing)
        .await
        .map_err(|_| CameraError::Busy)?;
    Ok(light)
}

/// Looks at one picture after another. Ends when nothing can read them.
async fn look(video: HtmlVideoElement, is_open: Rc<Cell<bool>>, mut on_text: impl FnMut(String)) {
    let mut reader = Reader::best().await;
    let mut failures = 0;
    while let Some(with) = &reader {
        page::pause(PAUSE_MS).await;
        if page::is_hidden() || video.video_width() == 0 {
            continue;
        }
        if let Some(texts) = with.read(&video).await {
            failures = 0;
            for text in texts {
                if is_open.get() {
                    on_text(text);
                }
            }
        } else {
            failures += 1;
            reader = (failures < MOST_FAILURES)
                .then(|| CodeReader::start().map(Reader::Worker))
                .flatten();
        }
    }
}

#[wasm_bindgen]
extern "C" {
    type BarcodeDetector;
    #[wasm_bindgen(constructor, catch)]
    fn new(options: &JsValue) -> Result<BarcodeDetector, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn detect(
        this: &BarcodeDetector,
        picture: &HtmlVideoElement,
    ) -> Result<js_sys::Promise, JsValue>;
    #[wasm_bindgen(static_method_of = BarcodeDetector, catch, js_name = getSupportedFormats)]
    fn supported() -> Result<js_sys::Promise, JsValue>;
}

/// What reads codes in pictures.
enum Reader {
    Detector(BarcodeDetector),
    Worker(CodeReader),
}

impl Reader {
    /// The browser's own if it knows QR codes: a tablet has a chip for it.
    async fn best() -> Option<Self> {
        match detector().await {
            Some(detector) => Some(Reader::Detector(detector)),
            None => CodeReader::start().map(Reader::Worker),
        }
    }

    /// The texts that the video shows now. `None`: this reader does not work.
    async fn read(&self, video: &HtmlVideoElement) -> Option<Vec<String>> {
        match self {
            Reader::Detector(detector) => {
                let found = JsFuture::from(detector.detect(video).ok()?).await.ok()?;
                let texts = Array::from(&found).into_iter().filter_map(|code| {
                    let text = Reflect::get(&code, &"rawValue".into()).ok()?;
                    text.as_string()
                });
                Some(texts.collect())
            }
            Reader::Worker(worker) => {
                let (side, rgba) = middle_of(video).ok()?;
                worker.read(side, side, &rgba).await
            }
        }
    }
}

/// The browser's own reader. `None`: it has none, or none for QR codes.
async fn detector() -> Option<BarcodeDetector> {
    // Calling what is not there would throw through the app.
    if !Reflect::has(&js_sys::global(), &"BarcodeDetector".into()).ok()? {
        return None;
    }
    let formats = JsFuture::from(BarcodeDetector::supported().ok()?).await;
    let knows = Array::from(&formats.ok()?).includes(&"qr_code".into(), 0);
    let asked = JSON::parse(r#"{"formats":["qr_code"]}"#).ok()?;
    knows.then(|| BarcodeDetector::new(&asked).ok()).flatten()
}

/// The square in the middle of a video, as the person sees it: its side, and red,
/// green, blue and opacity of each point.
fn middle_of(video: &HtmlVideoElement) -> Result<(u32, Vec<u8>), JsValue> {
    let (width, height) = (video.video_width(), video.video_height());
    let square = width.min(height);
    let side = square.min(MOST_SIDE);
    let context = context(side)?;
    let (left, top) = ((width - square) / 2, (height - square) / 2);
    let square = f64::from(square);
    context.draw_image_with_html_video_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
        video,
        left.into(),
        top.into(),
        square,
        square,
        0.0,
        0.0,
        side.into(),
        side.into(),
    )?;
    let points = context.get_image_data(0.0, 0.0, side.into(), side.into())?;
    Ok((side, points.data().0))
}

thread_local! {
    /// One for all pictures: a canvas each would be many megabytes a second.
    static CANVAS: RefCell<Option<(u32, CanvasRenderingContext2d)>> = const { RefCell::new(None) };
}

/// A canvas of this side, of which is read often.
fn context(side: u32) -> Result<CanvasRenderingContext2d, JsValue> {
    if let Some((_, context)) = CANVAS
        .with_borrow(Clone::clone)
        .filter(|(at, _)| *at == side)
    {
        return Ok(context);
    }
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    canvas.set_width(side);
    canvas.set_height(side);
    let options = Object::new();
    Reflect::set(&options, &"willReadFrequently".into(), &JsValue::TRUE)?;
    let context: CanvasRenderingContext2d = canvas
        .get_context_with_context_options("2d", &options)?
        .ok_or(JsValue::NULL)?
        .unchecked_into();
    CANVAS.set(Some((side, context.clone())));
    Ok(context)
}

/// Whether the device has a camera, without asking to use it. A browser that does not
/// tell counts as one without.
pub async fn is_there() -> bool {
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
