//! Writes `ui/src/lib/backend/bindings.ts`; with `--check`, fails where it is not what the commands give today.

use std::path::Path;
use std::process::ExitCode;

use throughline_desktop::write_bindings;

fn main() -> ExitCode {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/lib/backend/bindings.ts");
    if !std::env::args().any(|argument| argument == "--check") {
        write_bindings(&file).expect("every shape can be told in TypeScript");
        return ExitCode::SUCCESS;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let today = folder.path().join("bindings.ts");
    write_bindings(&today).expect("every shape can be told in TypeScript");
    // Git may have written the file with the line endings of the system.
    let read = |file: &Path| std::fs::read_to_string(file).unwrap_or_default().replace("\r\n", "\n");
    if read(&file) == read(&today) {
        return ExitCode::SUCCESS;
    }
    #[expect(clippy::print_stderr, reason = "a program for builders, which says what it found")]
    {
        eprintln!(
            "bindings.ts is not what the commands give. Run: cargo run -p throughline-desktop --example bindings"
        );
    }
    ExitCode::FAILURE
}
