//! Checks the capabilities and builds in the window's pages.

use std::path::Path;
use std::process::exit;

fn main() {
    // The pages are built into the program. Without them tauri's macro would panic, and not say what to do.
    let page = Path::new("../ui/dist/index.html");
    println!("cargo::rerun-if-changed={}", page.display());
    if !page.is_file() {
        println!("cargo::error=the window's pages are not built yet: run `npm ci` and `npm run build` in ui/");
        exit(1);
    }
    tauri_build::build();
}
