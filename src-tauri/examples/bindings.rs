//! Writes `ui/src/lib/backend/bindings.ts`; with `--check`, fails where it is not what the commands give today.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/lib/backend/bindings.ts");
    let bindings = throughline_desktop::bindings().expect("every shape can be told in TypeScript");
    if !std::env::args().any(|argument| argument == "--check") {
        std::fs::write(file, bindings).expect("the window's sources can be written");
        return ExitCode::SUCCESS;
    }
    // Git may have written the file with the line endings of the system.
    if std::fs::read_to_string(file).unwrap_or_default().replace("\r\n", "\n") == bindings {
        return ExitCode::SUCCESS;
    }
    eprintln!("bindings.ts is not what the commands give. Run: cargo run -p throughline-desktop --example bindings");
    ExitCode::FAILURE
}
