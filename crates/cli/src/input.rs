//! Text that comes in from a file or from standard input.

use std::io::{self, BufRead, IsTerminal, Read};
use std::path::Path;

use throughline_app::Failure;
use throughline_app::secrets::Secret;

/// The text of a file, or of standard input where the file is `-`. Text that is not UTF-8 is refused, never repaired.
pub fn read_text(file: &Path) -> Result<String, Failure> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map_err(|error| unreadable("Standard input", &error))?;
        return utf8(bytes, "Standard input");
    }
    let name = file.display().to_string();
    if file.is_dir() {
        return Err(Failure::new("file_unreadable", format!("{name} is a folder, and a file is needed.")));
    }
    let bytes = std::fs::read(file).map_err(|error| unreadable(&name, &error))?;
    utf8(bytes, &name)
}

/// A password: the first line of standard input, or what is typed at the terminal without being shown.
pub fn password(stdin: bool) -> Result<Secret, Failure> {
    let missing = || {
        Failure::usage("password_missing", "A password is needed to sign in to a calendar server.")
            .hint("Set THROUGHLINE_CALDAV_PASSWORD, or hand it in on standard input with --password-stdin.")
    };
    let mut line = String::new();
    if stdin {
        let mut bytes = Vec::new();
        io::stdin().lock().read_until(b'\n', &mut bytes).map_err(|error| unreadable("Standard input", &error))?;
        line = utf8(bytes, "Standard input")?;
    } else if io::stdin().is_terminal() {
        line = rpassword::prompt_password("Password: ").map_err(|_| missing())?;
    }
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() { Err(missing()) } else { Ok(Secret::new(password)) }
}

/// What opens the file that sign-ins are kept in where there is no keyring; typed without being shown.
pub fn passphrase() -> Option<Secret> {
    let asked = rpassword::prompt_password("No keyring here. Passphrase of the file that sign-ins are kept in: ");
    asked.ok().filter(|passphrase| !passphrase.is_empty()).map(Secret::new)
}

fn utf8(bytes: Vec<u8>, name: &str) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let line =
            error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        Failure::new("not_utf8", format!("{name} is not UTF-8 text: line {line} cannot be read."))
            .hint("Save it as UTF-8 and try again; nothing was changed.")
    })
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "There is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "It may not be read".to_owned(),
        kind => format!("It could not be read ({kind})"),
    };
    Failure::new("file_unreadable", format!("{why}: {name}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_file_is_refused_by_name() {
        let folder = std::env::temp_dir().join(format!("throughline-input-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let latin = folder.join("latin.md");
        std::fs::write(&latin, b"fine\nZo\xeb\n").unwrap();
        let good = folder.join("good.md");
        std::fs::write(&good, "\u{feff}# Zoë\r\n").unwrap();
        for (file, code, words) in [
            (folder.join("none.md"), "file_unreadable", "no such file"),
            (folder.clone(), "file_unreadable", "is a folder"),
            (latin, "not_utf8", "line 2"),
        ] {
            let failure = read_text(&file).unwrap_err();
            assert_eq!(failure.code, code);
            assert!(failure.message.contains(words), "{}", failure.message);
            assert!(!failure.usage);
        }
        assert_eq!(read_text(&good).unwrap(), "\u{feff}# Zoë\r\n", "every byte as it is");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
