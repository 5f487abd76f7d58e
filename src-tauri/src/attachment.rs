//! The `attachment` protocol: files of the open vault's attachments folder, for pictures in notes, and nothing else.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};

use crate::desk::Desk;

/// The scheme.
pub const SCHEME: &str = "attachment";

/// The vault's folder they lie in; Markdown names them by it: `attachments/plan.png`.
const FOLDER: &str = "attachments";

/// Nothing larger is shown.
const LARGEST: u64 = 64 << 20;

/// What is shown as what it is. Whatever is not here is bytes to the window, whatever is inside.
const TYPES: &[(&str, &str)] = &[
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
];

/// Answers a request of the window.
pub fn serve<R: Runtime>(context: UriSchemeContext<'_, R>, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    let desk = Arc::clone(context.app_handle().state::<Arc<Desk>>().inner());
    tauri::async_runtime::spawn(async move {
        let found = match desk.app().await {
            Ok(app) => read(app.dir(), request.uri().path()).await,
            Err(_) => None,
        };
        responder.respond(response(found));
    });
}

async fn read(vault: &Path, path: &str) -> Option<(&'static str, Vec<u8>)> {
    let name = inside(path)?;
    let folder = tokio::fs::canonicalize(vault.join(FOLDER)).await.ok()?;
    // A symbolic link may lead out of the folder.
    let file = tokio::fs::canonicalize(folder.join(&name)).await.ok()?;
    let found = tokio::fs::metadata(&file).await.ok()?;
    if !file.starts_with(&folder) || !found.is_file() || found.len() > LARGEST {
        return None;
    }
    Some((content_type(&name), tokio::fs::read(file).await.ok()?))
}

/// The path below the attachments folder that a request's path names.
fn inside(path: &str) -> Option<PathBuf> {
    let path = percent_decoded(path.strip_prefix('/')?)?;
    let path = path.strip_prefix(FOLDER)?.strip_prefix('/')?;
    // A backslash or a colon is a separator on Windows, and no part of a name that was given here.
    if path.is_empty() || path.contains(['\\', ':', '\0']) {
        return None;
    }
    let path = Path::new(path);
    path.components().all(|part| matches!(part, Component::Normal(_))).then(|| path.to_owned())
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'%' {
            let (digits, after) = rest.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = after;
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn content_type(name: &Path) -> &'static str {
    let ending = name.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    TYPES.iter().find(|(known, _)| *known == ending).map_or("application/octet-stream", |(_, told)| told)
}

fn response(found: Option<(&'static str, Vec<u8>)>) -> Response<Vec<u8>> {
    let (status, told, body) = match found {
        Some((told, body)) => (StatusCode::OK, told, body),
        None => (StatusCode::NOT_FOUND, "text/plain", Vec::new()),
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for (name, value) in [
        (header::CONTENT_TYPE, told),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (header::CACHE_CONTROL, "no-cache"),
    ] {
        response.headers_mut().insert(name, header::HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault() -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("vault").join(FOLDER);
        std::fs::create_dir_all(folder.join("2026")).unwrap();
        std::fs::write(folder.join("plan 1.PNG"), "a picture").unwrap();
        std::fs::write(folder.join("2026/page.html"), "<script>alert(1)</script>").unwrap();
        std::fs::write(home.path().join("vault/throughline.db"), "secret").unwrap();
        std::fs::write(home.path().join("outside.png"), "secret").unwrap();
        home
    }

    #[tokio::test]
    async fn files_of_the_folder_are_served_with_fixed_types() {
        let home = vault();
        let dir = home.path().join("vault");
        let found = read(&dir, "/attachments%2Fplan%201.PNG").await;
        assert_eq!(found, Some(("image/png", b"a picture".to_vec())));
        let (told, _) = read(&dir, "/attachments/2026/page.html").await.unwrap();
        assert_eq!(told, "application/octet-stream");
        let response = response(read(&dir, "/attachments/plan%201.PNG").await);
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    }

    #[tokio::test]
    async fn nothing_outside_the_folder_is_served() {
        let home = vault();
        let dir = home.path().join("vault");
        for path in [
            "/throughline.db",
            "/attachments/../throughline.db",
            "/attachments/%2e%2e/throughline.db",
            "/attachments%2F..%2Fthroughline.db",
            "/attachments/..%2F..%2Foutside.png",
            "/attachments/2026/../../throughline.db",
            "/attachments/..\\throughline.db",
            "/attachments/C:/Windows/win.ini",
            "/attachments//etc/passwd",
            "/attachments/%2Fetc%2Fpasswd",
            "/attachments/./plan 1.PNG%00.png",
            "/attachments/2026",
            "/attachments/",
            "/attachments",
            "/attachmentsx/plan",
            "/attachments/%ff",
            "/attachments/%2",
            "/",
            "",
        ] {
            assert_eq!(read(&dir, path).await, None, "{path}");
        }
        assert_eq!(response(None).status(), StatusCode::NOT_FOUND);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_link_out_of_the_folder_is_not_followed() {
        let home = vault();
        let dir = home.path().join("vault");
        std::os::unix::fs::symlink(home.path().join("outside.png"), dir.join(FOLDER).join("in.png")).unwrap();
        assert_eq!(read(&dir, "/attachments/in.png").await, None);
    }
}
