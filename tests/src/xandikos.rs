//! Xandikos, which takes anybody.

use crate::dav::DavServer;

/// Starts it; `None` where it is not installed.
#[must_use]
pub fn xandikos() -> Option<DavServer> {
    DavServer::start("xandikos", "/user/calendars/", |command, port, folder| {
        command.arg("-d").arg(folder.path().join("calendars")).args(["-l", "127.0.0.1", "-p", &port.to_string()]);
        command.arg("--defaults");
    })
}
