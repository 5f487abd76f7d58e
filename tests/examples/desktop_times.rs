//! How long things take in the window, and the memory they take, on the demo vault:
//! `cargo build --workspace --bins --examples`, then `cargo run -p throughline-tests --example desktop_times`
//! (with `--release` on both for figures that say something).

#[cfg(target_os = "linux")]
mod times {
    use std::io::Write;
    use std::time::Duration;

    use serde_json::{Value, json};
    use throughline_tests::desktop::{Desktop, Setting};
    use throughline_tests::{Vault, text};

    const NOW: &str = "2026-11-19T11:18:00+01:00";

    /// Waits in the page until something is drawn: until the frame with it has been handed on.
    const DRAWN: &str = r"
        const [what, route] = arguments;
        const done = arguments[arguments.length - 1];
        const began = performance.now();
        if (route) location.hash = route;
        const after = () => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => done(performance.now() - began);
            channel.port2.postMessage(0);
        };
        const look = () => (document.querySelector(what)?.textContent ? requestAnimationFrame(after) : requestAnimationFrame(look));
        look();
    ";

    /// For every key from now on: how long until the frame after it has been handed on.
    const FRAMES: &str = r"
        window.frames = [];
        addEventListener('keydown', (event) => {
            const pressed = event.timeStamp;
            requestAnimationFrame(() => {
                const channel = new MessageChannel();
                channel.port1.onmessage = () => window.frames.push(performance.now() - pressed);
                channel.port2.postMessage(0);
            });
        }, true);
    ";

    #[tokio::main(flavor = "current_thread")]
    pub async fn main() {
        let demo = Vault::nowhere().at(NOW);
        demo.json(&["demo"]);
        let long = demo.meeting("A long note", "2026-11-19T12:00", &[]);
        demo.write(&long, &lines(5_000));

        let nothing = Setting { program: "examples/empty".to_owned(), ..Setting::default() };
        let (mut empty, mut empty_memory, mut first, mut memory) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for _ in 0..5 {
            let desktop = Desktop::open_with(&demo, &nothing).await;
            drawn(&desktop, "html", "").await;
            empty.push(milliseconds(desktop.age()));
            empty_memory.push(megabytes(desktop.memory()));
            desktop.quit().await;
            let desktop = Desktop::open(&demo).await;
            drawn(&desktop, "[aria-label=Meetings] button", "").await;
            first.push(milliseconds(desktop.age()));
            desktop.still().await;
            memory.push(megabytes(desktop.memory()));
            desktop.quit().await;
        }
        told("an empty window, exec to drawn", "ms", &mut empty);
        told("an empty window, memory", "MB", &mut empty_memory);
        told("exec to the day's meetings drawn (no more than)", "ms", &mut first);
        told("memory, with the day open", "MB", &mut memory);
        a_meeting_and_a_long_note(&demo, &long).await;
    }

    async fn a_meeting_and_a_long_note(demo: &Vault, long: &str) {
        let desktop = Desktop::open(demo).await;
        desktop.still().await;
        let with_notes =
            demo.list(&["meetings", "--from", "2026-10-01", "--to", "2026-11-18", "--with-notes"], "meetings");
        let mut opened = Vec::new();
        for meeting in with_notes.iter().take(20) {
            let route = format!("/meeting/{}", text(&meeting["id"]));
            opened.push(drawn(&desktop, ".cm-line", &route).await);
            desktop.go("/today").await;
            desktop.still().await;
        }
        told("the first meeting opened, its note drawn", "ms", &mut opened[..1]);
        told("a meeting opened, its note drawn", "ms", &mut opened[1..]);

        let mut opened = [drawn(&desktop, ".cm-line", &format!("/meeting/{long}?part=notes&line=2500")).await];
        told("a note of 5,000 lines opened", "ms", &mut opened);
        desktop.focus("textbox", "Notes").await;
        desktop.still().await;
        desktop.script(FRAMES, Vec::new()).await;
        for _ in 0..30 {
            desktop.write(" and more.").await;
        }
        desktop.still().await;
        let frames = desktop.script("return window.frames", Vec::new()).await;
        let mut frames: Vec<f64> = frames.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
        told("a key in it, to the frame", "ms", &mut frames);
        told("memory, with it open", "MB", &mut [megabytes(desktop.memory())]);
        desktop.quit().await;
    }

    async fn drawn(desktop: &Desktop, what: &str, route: &str) -> f64 {
        let took = desktop.client().execute_async(DRAWN, vec![json!(what), json!(route)]).await;
        took.expect("the page draws it").as_f64().expect("milliseconds")
    }

    /// A long note: prose, with an item on every tenth line.
    fn lines(count: usize) -> String {
        let line = |n: usize| match n % 10 {
            3 => format!("- [ ] @priya looks at point {n} by Friday #client/acme\n"),
            7 => format!("=> Point {n} stays as it is\n"),
            _ => format!(
                "Somebody said something about point {n}, and **somebody else** did not agree with all of it.\n"
            ),
        };
        (0..count).map(line).collect()
    }

    fn told(what: &str, unit: &str, values: &mut [f64]) {
        values.sort_by(f64::total_cmp);
        let at = |share: usize| values.get((values.len() * share / 100).min(values.len().saturating_sub(1))).copied();
        let (p50, p99) = (at(50).unwrap_or_default(), at(99).unwrap_or_default());
        let count = values.len();
        writeln!(std::io::stdout(), "{what:<50} p50 {p50:>7.1} {unit}   p99 {p99:>7.1} {unit}   of {count}")
            .expect("standard output");
    }

    fn milliseconds(time: Duration) -> f64 {
        time.as_secs_f64() * 1000.0
    }

    #[expect(clippy::cast_precision_loss, reason = "no window takes petabytes")]
    fn megabytes(bytes: u64) -> f64 {
        bytes as f64 / 1_000_000.0
    }
}

#[cfg(target_os = "linux")]
use times::main;

#[cfg(not(target_os = "linux"))]
fn main() {}
