//! Starts the app in the browser. Everything else is in the library.

fn main() {
    #[cfg(target_arch = "wasm32")]
    pendapa::ui::start();
}
