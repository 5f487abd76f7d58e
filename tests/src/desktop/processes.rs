//! The processes a desktop test starts: a virtual screen, and WebKitWebDriver, which starts the app.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A virtual screen on a display that was free.
#[derive(Debug)]
pub struct Screen {
    xvfb: Child,
    number: String,
}

impl Screen {
    pub fn start((width, height): (u32, u32)) -> Self {
        let mut xvfb = Command::new("Xvfb")
            // It says on this descriptor which display it found free.
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &format!("{width}x{height}x24")])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed: scripts/setup test");
        let mut number = String::new();
        let told = xvfb.stdout.take().expect("a pipe");
        BufReader::new(told).read_line(&mut number).expect("the number of a display");
        assert!(!number.trim().is_empty(), "Xvfb found no free display");
        Self { xvfb, number: number.trim().to_owned() }
    }

    pub fn display(&self) -> String {
        format!(":{}", self.number)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.xvfb.kill();
        let _ = self.xvfb.wait();
    }
}

/// WebKitWebDriver, and whatever it starts: a process group of their own.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    pub fn start(home: &Path, env: &[(String, String)], screen: &Screen) -> Self {
        let port = free_port();
        let mut command = Command::new("WebKitWebDriver");
        command.args(["--host=127.0.0.1", &format!("--port={port}")]).process_group(0);
        surround(&mut command, home, env, screen);
        let process = command.spawn().expect("WebKitWebDriver is installed: scripts/setup test");
        let driver = Self { process, port };
        let began = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(began.elapsed() < Duration::from_secs(10), "WebKitWebDriver does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        driver
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The app it started, where that still runs.
    pub fn app(&self) -> Option<Process> {
        children(self.process.id()).into_iter().find(|child| !child.name().starts_with("WebKit"))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The group has its leader's number, and holds nothing but what this driver started.
        signal("-KILL", &format!("-{}", self.process.id()));
        let _ = self.process.wait();
    }
}

/// Gives a program that shows a window its surroundings: the screen, a home of its own, no session bus.
pub fn surround(command: &mut Command, home: &Path, env: &[(String, String)], screen: &Screen) {
    crate::at_home(command, home);
    command
        .env("DISPLAY", screen.display())
        .env("GDK_BACKEND", "x11")
        .env("XDG_RUNTIME_DIR", home)
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("NO_AT_BRIDGE", "1")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        // As tauri's shell wants to be told that it is driven.
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .env("TAURI_AUTOMATION", "true")
        .env_remove("WAYLAND_DISPLAY")
        // Where there is no bus, one would be started for the screen, and left behind.
        .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        .env("PATH", browser(home))
        .envs(env.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null());
}

/// A session bus of a test's own, where this system has the program for one.
#[derive(Debug)]
pub struct Bus {
    process: Child,
    address: String,
}

impl Bus {
    /// A new one; none where the program is missing.
    #[must_use]
    pub fn start() -> Option<Self> {
        let mut command = Command::new("dbus-daemon");
        command.args(["--session", "--nofork", "--nopidfile", "--print-address"]);
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let mut address = String::new();
        BufReader::new(process.stdout.take()?).read_line(&mut address).ok()?;
        Some(Self { process, address: address.trim().to_owned() })
    }

    /// What `DBUS_SESSION_BUS_ADDRESS` is to say.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Stands in for the system's browser, and what else it opens links with: it writes down what it was to open. Tells the
/// `PATH` where it comes first.
fn browser(home: &Path) -> OsString {
    let folder = home.join("bin");
    std::fs::create_dir_all(&folder).expect("a folder for programs");
    let program = folder.join("xdg-open");
    std::fs::write(&program, "#!/bin/sh\nprintf '%s\\n' \"$1\" >> \"$HOME/opened\"\n").expect("a program written");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("a program that can be run");
    #[expect(clippy::disallowed_methods, reason = "what the app starts is looked for where this process looks")]
    let others = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(folder).chain(std::env::split_paths(&others))).expect("a PATH")
}

/// A process this test started through the driver.
#[derive(Debug, Clone, Copy)]
pub struct Process(u32);

impl Process {
    /// Ends it at once.
    pub fn kill(self) {
        signal("-KILL", &self.0.to_string());
    }

    /// How long it has been running: the kernel tells hundredths of a second.
    pub fn age(self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0)).expect("the process runs");
        let since_name = stat.rsplit(") ").next().unwrap_or_default();
        let started = since_name.split(' ').nth(19).and_then(|ticks| ticks.parse::<f64>().ok()).expect("ticks");
        let uptime = std::fs::read_to_string("/proc/uptime").expect("how long the system is up");
        let up = uptime.split(' ').next().and_then(|seconds| seconds.parse::<f64>().ok()).expect("seconds");
        Duration::from_secs_f64((up - started / 100.0).max(0.0))
    }

    /// The memory of it and all it started, in bytes, where what several share is shared out (PSS).
    pub fn memory(self) -> u64 {
        let told = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", self.0)).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix("Pss:"));
        let own = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()).unwrap_or(0) * 1024;
        own + children(self.0).into_iter().map(Process::memory).sum::<u64>()
    }

    fn name(self) -> String {
        std::fs::read_to_string(format!("/proc/{}/comm", self.0)).unwrap_or_default()
    }

    fn runs(self) -> bool {
        let state = std::fs::read_to_string(format!("/proc/{}/stat", self.0)).unwrap_or_default();
        // A zombie waits for its parent alone.
        state.rsplit(") ").next().is_some_and(|rest| !rest.is_empty() && !rest.starts_with('Z'))
    }
}

/// Asks a process to end, and waits until it did.
pub fn end_gently(process: Process, patience: Duration) {
    signal("-TERM", &process.0.to_string());
    let began = Instant::now();
    while process.runs() {
        assert!(began.elapsed() < patience, "the app does not end when asked to");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn children(parent: u32) -> Vec<Process> {
    let listed = std::fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).unwrap_or_default();
    listed.split_whitespace().filter_map(|id| id.parse().ok()).map(Process).collect()
}

fn signal(which: &str, whom: &str) {
    let _ = Command::new("kill").args([which, "--", whom]).stderr(Stdio::null()).status();
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("its number").port()
}
