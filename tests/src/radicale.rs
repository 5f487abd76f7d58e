//! Radicale, with one user.

use crate::dav::DavServer;

/// Starts it; `None` where it is not installed.
#[must_use]
pub fn radicale() -> Option<DavServer> {
    start(&[])
}

/// The same behind a certificate of its own making; the address is then one of `https`.
#[must_use]
pub fn radicale_over_tls(certificate: &str, key: &str) -> Option<DavServer> {
    start(&["--ssl", "--certificate", certificate, "--key", key])
}

fn start(more: &[&str]) -> Option<DavServer> {
    DavServer::start("radicale", "/max/", |command, port, folder| {
        let users = folder.path().join("users");
        std::fs::write(&users, "max:secret\n").expect("the file of users");
        command.args(["--hosts", &format!("127.0.0.1:{port}"), "--auth-type", "htpasswd"]);
        command.arg("--auth-htpasswd-filename").arg(users).args(["--auth-htpasswd-encryption", "plain"]);
        command.args(["--auth-delay", "0"]);
        command.arg("--storage-filesystem-folder").arg(folder.path().join("calendars")).args(more);
    })
}
