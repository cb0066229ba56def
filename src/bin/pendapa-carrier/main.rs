//! The worker that seals batches and opens event packs (age). `src/bin/worker.js`
//! gives it one job.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

/// Answers a job of `vault::errand`. `undefined`: no such job.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub fn answer(job: Vec<u8>) -> Option<Vec<u8>> {
    let job = zeroize::Zeroizing::new(job);
    pendapa::vault::errand::carry(&job).map(|answer| answer.to_vec())
}

fn main() {}
