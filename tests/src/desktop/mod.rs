//! The desktop app as it was built, on a screen of its own, worked through WebDriver.
//!
//! ```no_run
//! # async fn scenario() {
//! use throughline_tests::desktop::Desktop;
//! let vault = throughline_tests::Vault::new();
//! let desktop = Desktop::open(&vault).await;
//! desktop.press("Mod+3").await; //                     a chord, Ctrl on Linux
//! desktop.the("heading", "Actions").await; //          waits for it to be there
//! desktop.click("button", "New meeting").await;
//! desktop.write("Planning\n").await; //                 types into what has the focus
//! desktop.gone("dialog", "New meeting").await;
//! assert_eq!(desktop.violations().await, Vec::<String>::new()); // axe-core
//! assert_eq!(desktop.complaints().await, Vec::<String>::new()); // errors of the page
//! desktop.picture("target/pictures", "actions").await;
//! desktop.quit().await; //                             as closing the window: what is unsaved is saved
//! # }
//! ```
//!
//! Elements are found by role and accessible name, as axe-core computes them: what a screen reader would say. What does
//! not come within ten seconds fails the test, and says what the page shows. Everything a test starts (a virtual screen,
//! WebKitWebDriver, the app) ends with the [`Desktop`], by its own process id, also where the test panics. The app has
//! its own home folder, and no session bus, so that several tests may run side by side.
//!
//! Linux only. Needs `Xvfb` and `WebKitWebDriver` (`scripts/setup test`), the app built with its pages
//! (`npm run build` in `ui/`, then `cargo build --workspace --bins`), and `ui/node_modules` for axe-core.

mod keys;
mod page;
mod processes;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

pub use page::Answers;
pub use processes::Bus;

use crate::Vault;
use processes::{Driver, Screen, end_gently};

/// How long something may take to appear.
const PATIENCE: Duration = Duration::from_secs(10);

/// The app, running. See the module for how to use it.
#[derive(Debug)]
pub struct Desktop {
    client: Client,
    // Dropped in this order: the app ends before its screen does.
    driver: Driver,
    screen: Screen,
    home: PathBuf,
}

/// How the app is started.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Of the screen and so of the window, in pixels.
    pub size: (u32, u32),
    /// Further arguments of the app.
    pub arguments: Vec<String>,
    /// What is started, in the folder of the built programs.
    pub program: String,
    /// Whether the vault is named with `--vault`; else the app has to know which.
    pub name_vault: bool,
}

impl Default for Setting {
    fn default() -> Self {
        let program = "throughline-desktop".to_owned();
        Self { size: (1280, 800), arguments: Vec::new(), program, name_vault: true }
    }
}

impl Desktop {
    /// Starts the app on this vault, at its moment and in its zone.
    pub async fn open(vault: &Vault) -> Self {
        Self::open_with(vault, &Setting::default()).await
    }

    /// Starts the app in another way.
    pub async fn open_with(vault: &Vault, setting: &Setting) -> Self {
        let screen = Screen::start(setting.size);
        let driver = Driver::start(vault.home.path(), &vault.env, &screen);
        let mut arguments = vec!["--now".to_owned(), vault.now.clone(), "--tz".to_owned(), vault.zone.clone()];
        if setting.name_vault {
            arguments.extend(["--vault".to_owned(), vault.dir().display().to_string()]);
        }
        arguments.extend(setting.arguments.iter().cloned());
        let app = crate::built(&setting.program);
        let Value::Object(capabilities) = json!({
            "webkitgtk:browserOptions": { "binary": app, "args": arguments },
            "timeouts": { "script": 30_000 },
        }) else {
            unreachable!("it is an object")
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&driver.address())
            .await
            .expect("the app starts, and WebKitWebDriver finds its window");
        // What size the window had before is remembered with the vault's user.
        let (width, height) = setting.size;
        client.set_window_rect(0, 0, width, height).await.expect("the window takes its size");
        let desktop = Self { client, driver, screen, home: vault.home.path().to_owned() };
        desktop.listen().await;
        desktop
    }

    /// What the system was asked to open since the test began: links, letters, calls.
    #[must_use]
    pub fn opened(&self) -> Vec<String> {
        let opened = std::fs::read_to_string(self.home.join("opened")).unwrap_or_default();
        opened.lines().map(str::to_owned).collect()
    }

    /// WebDriver itself, for what there is no word for here.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The one element of this role and name, once it is there.
    pub async fn the(&self, role: &str, name: &str) -> Element {
        match self.wait(role, name, |found| found.len() == 1).await {
            Ok(mut found) => found.remove(0),
            Err(found) => panic!("{} of {role} {name:?}. The page shows:\n{}", found.len(), self.outline().await),
        }
    }

    /// All elements of this role and name, once there is one. An empty name stands for any.
    pub async fn all(&self, role: &str, name: &str) -> Vec<Element> {
        match self.wait(role, name, |found| !found.is_empty()).await {
            Ok(found) => found,
            Err(_) => panic!("no {role} {name:?}. The page shows:\n{}", self.outline().await),
        }
    }

    /// Waits until there is no element of this role and name.
    pub async fn gone(&self, role: &str, name: &str) {
        if self.wait(role, name, <[Element]>::is_empty).await.is_err() {
            panic!("there is still {role} {name:?}. The page shows:\n{}", self.outline().await);
        }
    }

    /// How many elements of this role and name there are now.
    pub async fn count(&self, role: &str, name: &str) -> usize {
        self.found(role, name).await.len()
    }

    /// Waits until the page's text holds this.
    pub async fn says(&self, text: &str) {
        if !self.eventually(|| async { self.text().await.contains(text) }).await {
            panic!("the page does not say {text:?}. It shows:\n{}", self.outline().await);
        }
    }

    /// Waits until something is so, ten seconds at the most; tells whether it is.
    pub async fn eventually<F: Future<Output = bool>>(&self, mut so: impl FnMut() -> F) -> bool {
        let began = Instant::now();
        loop {
            if so().await {
                return true;
            }
            if began.elapsed() > PATIENCE {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Clicks the one element of this role and name.
    pub async fn click(&self, role: &str, name: &str) {
        let element = self.the(role, name).await;
        element.click().await.unwrap_or_else(|error| panic!("{role} {name:?} cannot be clicked: {error}"));
    }

    /// A picture of the page, as `folder/name.png`.
    pub async fn picture(&self, folder: impl AsRef<Path>, name: &str) {
        let folder = folder.as_ref();
        std::fs::create_dir_all(folder).expect("a folder for pictures");
        let picture = self.client.screenshot().await.expect("a picture of the page");
        std::fs::write(folder.join(format!("{name}.png")), picture).expect("a picture in its folder");
    }

    /// Ends the app as the system would at the end of a session; it closes its window, saving what is unsaved. Tells how
    /// long that took.
    pub async fn quit(self) -> Duration {
        let began = Instant::now();
        end_gently(self.driver.app().expect("the app runs"), PATIENCE);
        began.elapsed()
    }

    /// Ends the app at once, in the middle of whatever it does.
    pub fn kill(self) {
        self.driver.app().expect("the app runs").kill();
    }

    /// How long the app has been running, since it was executed.
    #[must_use]
    pub fn age(&self) -> Duration {
        self.driver.app().expect("the app runs").age()
    }

    /// The memory of the app and all its processes, in bytes (PSS).
    #[must_use]
    pub fn memory(&self) -> u64 {
        self.driver.app().expect("the app runs").memory()
    }

    /// Starts the app once more, on the same screen and with these arguments, and waits until that start has ended, as it
    /// does where the first one takes over. Needs a vault with a [`Bus`] in its surroundings.
    pub async fn start_again(&self, vault: &Vault, arguments: &[&str]) -> std::process::ExitStatus {
        let mut command = std::process::Command::new(crate::built("throughline-desktop"));
        command.args(arguments).current_dir(vault.home.path());
        processes::surround(&mut command, vault.home.path(), &vault.env, &self.screen);
        let mut process = command.spawn().expect("the app starts");
        let began = Instant::now();
        loop {
            if let Some(status) = process.try_wait().expect("a process that can be waited for") {
                return status;
            }
            if began.elapsed() > PATIENCE {
                let _ = process.kill();
                panic!("the second start did not hand over to the first");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The display the app is on, such as `:99`, for other programs.
    #[must_use]
    pub fn display(&self) -> String {
        self.screen.display()
    }

    async fn wait(&self, role: &str, name: &str, enough: fn(&[Element]) -> bool) -> Result<Vec<Element>, Vec<Element>> {
        let began = Instant::now();
        loop {
            let found = self.found(role, name).await;
            if enough(&found) {
                return Ok(found);
            }
            if began.elapsed() > PATIENCE {
                return Err(found);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
