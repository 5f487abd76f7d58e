//! Checks the capabilities and builds in what the window needs.

fn main() {
    tauri_build::build();
}
