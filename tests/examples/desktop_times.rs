//! How long things take in the window, and the memory they take, beside an empty window in the same run:
//! `cargo build --release --workspace --bins --examples`, then `target/release/examples/desktop_times` for the demo vault,
//! `… desktop_times --large` for one of 20,000 meetings and 60,000 items.

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
        // The empty window says nothing; anything else is there once it does.
        const there = () => what === 'html' || document.querySelector(what)?.textContent;
        const look = () => requestAnimationFrame(there() ? after : look);
        look();
    ";

    /// For every key from now on: how long until the frame after it has been handed on.
    const FRAMES: &str = r"
        window.frames = [];
        addEventListener('keydown', () => {
            // When it arrives: the times that events bear are the driver's.
            const pressed = performance.now();
            requestAnimationFrame(() => {
                const channel = new MessageChannel();
                channel.port1.onmessage = () => window.frames.push(performance.now() - pressed);
                channel.port2.postMessage(0);
            });
        }, true);
    ";

    /// The first of a list, in another view than the one come from.
    const ROWS: &str = "main:not([aria-label^=Settings]) :is([role=row], [role=option], article, [role=progressbar])";

    /// A field to type into, in a page with nothing else.
    const FIELD: &str =
        "document.body.innerHTML = '<textarea></textarea>'; document.querySelector('textarea').focus();";

    /// Moves the picture by the mouse, frame by frame, or draws an empty canvas: how long each frame took, and how long the
    /// page's own script ran in it, which no graphics card would change. What moves is `pan`, `zoom` or `nothing`: that is a
    /// canvas in the place of the picture and of its size, or a small one where there is none. For 150 frames, or twelve
    /// seconds.
    const MOVED: &str = r"
        const [what] = arguments;
        const done = arguments[arguments.length - 1];
        const host = document.querySelector('.host');
        const canvas = what === 'nothing' ? document.createElement('canvas') : null;
        if (canvas) (host ?? document.body).append(canvas);
        if (canvas && host) {
            canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%';
            [canvas.width, canvas.height] = [host.clientWidth, host.clientHeight];
            for (const other of host.children) if (other !== canvas) other.style.visibility = 'hidden';
        }
        const pen = canvas?.getContext('2d');
        const box = (host ?? canvas).getBoundingClientRect();
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const target = document.elementFromPoint(x, y);
        const tell = (kind, at) => {
            const how = { clientX: at[0], clientY: at[1], bubbles: true, cancelable: true, button: 0, buttons: 1 };
            // As a pinch is told.
            if (kind === 'wheel') return target.dispatchEvent(new WheelEvent('wheel', { ...how, ctrlKey: true, deltaY: at[2] }));
            target.dispatchEvent(new PointerEvent('pointer' + kind, { ...how, pointerId: 1 }));
            target.dispatchEvent(new MouseEvent('mouse' + kind, how));
        };
        // No pointer is there that could be held.
        Element.prototype.setPointerCapture = () => {};
        const frame = window.requestAnimationFrame;
        let ran = 0;
        const timed = (run) => (now) => {
            const began = performance.now();
            run(now);
            ran += performance.now() - began;
        };
        window.requestAnimationFrame = (run) => frame.call(window, timed(run));
        const [frames, script] = [[], []];
        const began = performance.now();
        let last = 0;
        const end = () => {
            if (what === 'pan') tell('up', [x, y]);
            window.requestAnimationFrame = frame;
            canvas?.remove();
            if (canvas && host) for (const other of host.children) other.style.visibility = '';
            done([frames, script]);
        };
        const step = (now) => {
            if (last > 0) {
                frames.push(now - last);
                script.push(ran);
            }
            [last, ran] = [now, 0];
            const at = frames.length;
            if (at >= 150 || performance.now() - began > 12000) return end();
            if (what === 'pan') tell('move', [x + 300 * Math.sin(at / 20), y + 200 * Math.sin(at / 13)]);
            else if (what === 'zoom') tell('wheel', [x, y, at % 60 < 30 ? -7.5 : 7.5]);
            else pen.clearRect(0, 0, canvas.width, canvas.height);
            window.requestAnimationFrame(step);
        };
        if (what === 'pan') tell('down', [x, y]);
        window.requestAnimationFrame(step);
    ";

    #[tokio::main(flavor = "current_thread")]
    pub async fn main() {
        let demo = Vault::nowhere().at(NOW);
        let large = std::env::args().any(|argument| argument == "--large");
        demo.json(if large { &["demo", "--large"] } else { &["demo"] });
        let long = demo.meeting("A long note", "2026-11-19T12:00", &[]);
        demo.write(&long, &lines(5_000));

        let nothing = Setting { program: "examples/empty".to_owned(), ..Setting::default() };
        let (mut empty, mut empty_memory, mut first, mut memory) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for _ in 0..5 {
            let desktop = Desktop::open_with(&demo, &nothing).await;
            drawn(&desktop, "html", "").await;
            empty.push(milliseconds(desktop.age()));
            empty_memory.push(megabytes(desktop.memory()));
            if empty.len() == 5 {
                desktop.script(FIELD, Vec::new()).await;
                told("a key in an empty page, to the frame", "ms", &mut keys(&desktop).await);
                moving(&desktop, "a small empty canvas in an empty page", "nothing").await;
            }
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
        long_lists(&demo).await;
        the_network(&demo).await;
    }

    async fn long_lists(demo: &Vault) {
        let desktop = Desktop::open(demo).await;
        desktop.still().await;
        for (what, route, sign) in [
            ("the user's actions", "/actions/mine", ROWS),
            ("all actions", "/actions/all", ROWS),
            ("all actions by person", "/actions/all?by=person", ROWS),
            ("all decisions", "/decisions?show=log", ROWS),
            ("people", "/people", ROWS),
            ("review", "/review", "main[aria-label=Review] article"),
            ("search", "/search?q=pricing", ROWS),
        ] {
            // From elsewhere: what was there before would be taken for it.
            drawn(&desktop, "main[aria-label^=Settings]", "/settings").await;
            desktop.still().await;
            let took = drawn(&desktop, sign, route).await;
            told(what, "ms", &mut [took]);
        }
        told("memory, after these", "MB", &mut [megabytes(desktop.memory())]);
        desktop.quit().await;
    }

    /// Of five thousand nodes, drawn in either way.
    async fn the_network(demo: &Vault) {
        let desktop = Desktop::open(demo).await;
        desktop.still().await;
        let people = demo.list(&["people"], "people");
        let me = people.iter().find(|person| person["is_me"] == true).expect("the user");
        for by in ["canvas", "webgl"] {
            let wide = format!("location.href = '/?draw={by}&most=5000#/graph?kind=person&id={}'", text(&me["id"]));
            desktop.script(&wide, Vec::new()).await;
            // The page is drawn anew.
            tokio::time::sleep(Duration::from_secs(2)).await;
            told(&format!("the network by {by}, drawn"), "ms", &mut [drawn(&desktop, "#graph-says", "").await]);
            tokio::time::sleep(Duration::from_secs(2)).await;
            moving(&desktop, "an empty canvas in its place", "nothing").await;
            moving(&desktop, &format!("the network by {by}, panned"), "pan").await;
            moving(&desktop, &format!("the network by {by}, zoomed"), "zoom").await;
        }
        desktop.quit().await;
    }

    async fn moving(desktop: &Desktop, name: &str, what: &str) {
        let took = desktop.client().execute_async(MOVED, vec![json!(what)]).await.expect("frames");
        let values =
            |at: usize| took[at].as_array().into_iter().flatten().filter_map(Value::as_f64).collect::<Vec<_>>();
        told(&format!("{name}, frame to frame"), "ms", &mut values(0));
        told(&format!("{name}, script in a frame"), "ms", &mut values(1));
    }

    /// Types into what has the focus; for each key how long it took to the frame.
    async fn keys(desktop: &Desktop) -> Vec<f64> {
        desktop.script(FRAMES, Vec::new()).await;
        for _ in 0..30 {
            desktop.write(" and more.").await;
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        let frames = desktop.script("return window.frames", Vec::new()).await;
        frames.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
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
        told("a key in it, to the frame", "ms", &mut keys(&desktop).await);
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
