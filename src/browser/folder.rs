//! A folder that somebody granted to the app, a USB stick say, where the browser has
//! such a thing (File System Access). It is known until the app is closed.

use std::cell::RefCell;

use js_sys::{AsyncIterator, Function, IteratorNext, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File, FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetDirectoryOptions,
    FileSystemGetFileOptions, FileSystemWritableFileStream,
};

use super::error::JsError;

thread_local! {
    static GRANTED: RefCell<Option<FileSystemDirectoryHandle>> = const { RefCell::new(None) };
}

const PICKER: &str = "showDirectoryPicker";

/// What came back from a folder is not what was written into it.
const NOT_AS_WRITTEN: &str = "NotAsWritten";

fn picker() -> Option<(web_sys::Window, Function)> {
    let window = web_sys::window()?;
    let picker = Reflect::get(&window, &PICKER.into())
        .ok()?
        .dyn_into()
        .ok()?;
    Some((window, picker))
}

/// Whether this browser can grant a folder at all.
pub fn is_supported() -> bool {
    picker().is_some()
}

/// Name of the granted folder.
pub fn name() -> Option<String> {
    granted().map(|folder| folder.name())
}

fn granted() -> Option<FileSystemDirectoryHandle> {
    GRANTED.with_borrow(Clone::clone)
}

/// Asks for a folder, for reading and writing; must be called by a tap. `None`: the
/// person closed the question.
pub async fn grant() -> Result<Option<String>, JsError> {
    let (window, picker) = picker().ok_or_else(|| JsError::named("NotSupported"))?;
    let options = Object::new();
    Reflect::set(&options, &"mode".into(), &"readwrite".into())?;
    let asked: Promise = picker.call1(&window, &options)?.unchecked_into();
    let folder: FileSystemDirectoryHandle = match JsFuture::from(asked).await {
        Ok(folder) => folder.unchecked_into(),
        Err(thrown) => {
            let error = JsError::of(&thrown);
            return if error.name == "AbortError" {
                Ok(None)
            } else {
                Err(error)
            };
        }
    };
    let name = folder.name();
    GRANTED.set(Some(folder));
    Ok(Some(name))
}

/// Forgets the folder.
pub fn forget() {
    GRANTED.set(None);
}

/// Writes a file into the granted folder, reads it back and compares it.
///
/// # Errors
/// `NotAsWritten` if other bytes came back, `NotFoundError` if the folder is gone (a
/// stick that was pulled out), and whatever else the browser says.
pub async fn write(name: &str, bytes: &[u8]) -> Result<(), JsError> {
    opened()?.write(name, bytes).await
}

/// Names of the files in the granted folder that begin like this, in their order.
pub async fn names(stem: &str) -> Result<Vec<String>, JsError> {
    opened()?.names(stem).await
}

/// Takes a file out of the granted folder.
pub async fn remove(name: &str) -> Result<(), JsError> {
    opened()?.remove(name).await
}

fn opened() -> Result<Folder, JsError> {
    granted()
        .map(Folder)
        .ok_or_else(|| JsError::named("NotFoundError"))
}

/// A folder: one that was granted, or one of the app's own.
#[derive(Clone)]
pub struct Folder(FileSystemDirectoryHandle);

impl Folder {
    /// A folder of the app's own beside its database, which nobody else sees (the
    /// origin private file system).
    ///
    /// # Errors
    /// Where the browser has none, and where it cannot be written from a page.
    pub async fn private(name: &str) -> Result<Self, JsError> {
        let window = web_sys::window().ok_or_else(|| JsError::named("NoWindow"))?;
        let storage = window.navigator().storage();
        let root = JsFuture::from(storage.get_directory()).await?;
        let root: FileSystemDirectoryHandle = root.unchecked_into();
        let options = FileSystemGetDirectoryOptions::new();
        options.set_create(true);
        let folder = root.get_directory_handle_with_options(name, &options);
        Ok(Folder(JsFuture::from(folder).await?.unchecked_into()))
    }

    async fn file(&self, name: &str, is_new: bool) -> Result<FileSystemFileHandle, JsError> {
        let options = FileSystemGetFileOptions::new();
        options.set_create(is_new);
        let file = self.0.get_file_handle_with_options(name, &options);
        Ok(JsFuture::from(file).await?.unchecked_into())
    }

    /// Writes a file, whole or not at all, reads it back and compares it.
    ///
    /// # Errors
    /// `NotAsWritten` if other bytes came back, and whatever else the browser says.
    pub async fn write(&self, name: &str, bytes: &[u8]) -> Result<(), JsError> {
        let file = self.file(name, true).await?;
        if !Reflect::has(&file, &"createWritable".into())? {
            return Err(JsError::named("NotSupported"));
        }
        let stream = JsFuture::from(file.create_writable()).await?;
        let stream: FileSystemWritableFileStream = stream.unchecked_into();
        // Into the app's memory a view would move while the browser reads it.
        JsFuture::from(stream.write_with_js_u8_array(&Uint8Array::from(bytes))?).await?;
        JsFuture::from(stream.close()).await?;
        if read(&file).await? == bytes {
            Ok(())
        } else {
            Err(JsError::named(NOT_AS_WRITTEN))
        }
    }

    /// The bytes of a file.
    pub async fn read(&self, name: &str) -> Result<Vec<u8>, JsError> {
        read(&self.file(name, false).await?).await
    }

    /// Names of the files that begin like this, in their order.
    pub async fn names(&self, stem: &str) -> Result<Vec<String>, JsError> {
        let keys: AsyncIterator = self.0.keys();
        let mut names = Vec::new();
        loop {
            let next: IteratorNext = JsFuture::from(keys.next()?).await?.unchecked_into();
            if next.done() {
                break;
            }
            names.extend(
                next.value()
                    .as_string()
                    .filter(|name| name.starts_with(stem)),
            );
        }
        names.sort();
        Ok(names)
    }

    /// Takes a file out.
    pub async fn remove(&self, name: &str) -> Result<(), JsError> {
        JsFuture::from(self.0.remove_entry(name)).await?;
        Ok(())
    }
}

async fn read(file: &FileSystemFileHandle) -> Result<Vec<u8>, JsError> {
    let kept: File = JsFuture::from(file.get_file()).await?.unchecked_into();
    let buffer = JsFuture::from(kept.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
