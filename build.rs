//! Keeps the linker's relocations in the app's module: the build splits it by them (docs/decisions/0008-two-parts.md).
//! The workers are not split and carry none.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is_wasm = std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm");
    if is_wasm && std::env::var_os("CARGO_FEATURE_APP").is_some() {
        println!("cargo::rustc-link-arg-bin=pendapa=--emit-relocs");
    }
}
