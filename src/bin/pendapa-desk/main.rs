//! The office's command line: makes the office's keys and event packs, opens
//! batches, and checks what arrived. It prints codes, counts and hashes, and
//! nothing about people.

#[cfg(not(target_arch = "wasm32"))]
mod chance;
#[cfg(not(target_arch = "wasm32"))]
mod desk;
#[cfg(not(target_arch = "wasm32"))]
mod pack;
#[cfg(not(target_arch = "wasm32"))]
mod receipt;
#[cfg(not(target_arch = "wasm32"))]
mod unpack;
#[cfg(not(target_arch = "wasm32"))]
mod verify;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    desk::main()
}

#[cfg(target_arch = "wasm32")]
fn main() {}
