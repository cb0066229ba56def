//! The office's side: batches that arrived, held against each other. The command
//! line `pendapa-desk` and the desk page use the same code.

pub mod chain;
pub mod records;

#[cfg(not(target_arch = "wasm32"))]
pub mod office;
#[cfg(not(target_arch = "wasm32"))]
pub mod receipts;
