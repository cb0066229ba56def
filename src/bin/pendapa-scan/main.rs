//! The worker that reads QR codes in pictures of a camera. `src/bin/worker.js`
//! gives it one job after another.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

/// Answers a job of `qr::scan`. `undefined`: no such job.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub fn answer(job: Vec<u8>) -> Option<Vec<u8>> {
    pendapa::qr::scan::scan(&job)
}

fn main() {}
