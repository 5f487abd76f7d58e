//! What the page shows, asked in its own language.

use std::time::{Duration, Instant};

use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};

use super::{Desktop, PATIENCE};

/// How WebDriver names an element in JSON (W3C WebDriver §12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Keeps what goes wrong in the page, from now on.
const LISTEN: &str = r"
    if (window.complaints) return;
    window.complaints = [];
    // Where a page is left before an answer came, Tauri says so: the first page, when WebDriver takes the window over.
    const left = /Couldn't find callback id/;
    // What the notifications' plugin puts into every page asks whether it may show some. The page may not, and is told so.
    const refused = /^notification\.is_permission_granted not allowed/;
    const keep = (text) => left.test(text) || refused.test(text) || window.complaints.push(String(text));
    addEventListener('error', (event) => keep(event.message));
    addEventListener('unhandledrejection', (event) => keep(event.reason?.message ?? event.reason));
    addEventListener('securitypolicyviolation', (event) => keep(`refused: ${event.violatedDirective} ${event.blockedURI}`));
    for (const level of ['error', 'warn']) {
        const told = console[level].bind(console);
        console[level] = (...parts) => { keep(parts.join(' ')); told(...parts); };
    }
";

/// Elements a screen reader would tell, with their roles and names; `arguments`: role, name, where empty stands for any.
const FOUND: &str = r"
    const [role, name] = arguments;
    const plain = (text) => text.replace(/\s+/g, ' ').trim();
    axe.setup(document.documentElement);
    try {
        return [...document.querySelectorAll('body *')].filter((element) =>
            axe.commons.aria.getRole(element) === role &&
            (name === '' || plain(axe.commons.text.accessibleText(element)) === name) &&
            axe.commons.dom.isVisibleToScreenReaders(element));
    } finally {
        axe.teardown();
    }
";

/// Stands between the page and the program; `arguments`: how, see [`Answers`].
const ANSWERS: &str = r"
    const [how] = arguments;
    const truly = window.truly ??= window.fetch;
    window.silent = how === 'never';
    const told = { code: 'vault_unreadable', message: 'The vault cannot be read.',
        hint: 'The disk it lies on may be gone. Connect it, then try again.' };
    const headers = { 'Tauri-Response': 'error', 'Content-Type': 'application/json' };
    window.fetch = (to, more) => {
        const asked = String(to?.url ?? to);
        if (how === 'truly' || !asked.startsWith('ipc:') || /plugin|boot|close_ready|set_discreet/.test(asked))
            return truly(to, more);
        return how === 'never' ? new Promise(() => {}) : Promise.resolve(new Response(JSON.stringify(told), { headers }));
    };
";

const OUTLINE: &str = r"
    const plain = (text) => text.replace(/\s+/g, ' ').trim();
    axe.setup(document.documentElement);
    try {
        return [...document.querySelectorAll('body *')]
            .filter((element) => axe.commons.dom.isVisibleToScreenReaders(element))
            .map((element) => [axe.commons.aria.getRole(element), plain(axe.commons.text.accessibleText(element))])
            .filter(([role, name]) => role && name && !['none', 'presentation', 'generic'].includes(role))
            .map(([role, name]) => `${role} ${name.slice(0, 100)}`)
            .join('\n');
    } finally {
        axe.teardown();
    }
";

const FOCUSED: &str = r"
    const plain = (text) => text.replace(/\s+/g, ' ').trim();
    const element = document.activeElement;
    if (!element || element === document.body) return '';
    axe.setup(document.documentElement);
    try {
        return `${axe.commons.aria.getRole(element)} ${plain(axe.commons.text.accessibleText(element))}`;
    } finally {
        axe.teardown();
    }
";

/// `stillFor`: for how many milliseconds nothing has changed or moved.
const WATCH: &str = r"
    if (window.stillFor) return;
    let changed = performance.now();
    const note = () => (changed = performance.now());
    new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    window.stillFor = () => {
        const moving = document.getAnimations().some((animation) => animation.playState === 'running');
        // Where no answer will come, what loads goes on loading. A page without its main part has not begun.
        const loads = document.querySelector('.loading') && !window.silent;
        if (moving || loads || !document.querySelector('main')) note();
        return performance.now() - changed;
    };
";

const VIOLATIONS: &str = r"
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(
        (results) => done(results.violations.flatMap((rule) =>
            rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))),
        (error) => done([`axe: ${error}`]));
";

/// How the program answers the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// As it is.
    Truly,
    /// With a failure, whatever is asked: the disk is gone.
    Failing,
    /// Not at all: everything goes on loading.
    Never,
}

impl Desktop {
    /// Has the program answer what the page asks from now on in another way.
    pub async fn answers(&self, how: Answers) {
        let how = match how {
            Answers::Truly => "truly",
            Answers::Failing => "fails",
            Answers::Never => "never",
        };
        self.script(ANSWERS, vec![json!(how)]).await;
    }

    /// Runs a script in the page; `return` gives back, `arguments` holds what was given.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        let mut done = self.client.execute(script, arguments.clone()).await;
        // The driver says so where the page was drawn anew under the script.
        for _ in 0..3 {
            if !done.as_ref().is_err_and(|error| error.to_string().contains("Stale element")) {
                break;
            }
            done = self.client.execute(script, arguments.clone()).await;
        }
        done.unwrap_or_else(|error| panic!("the page refuses: {error}"))
    }

    /// The page's text as shown.
    pub async fn text(&self) -> String {
        let text = self.script("return document.body.innerText", Vec::new()).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Where the window is: `/today`.
    pub async fn route(&self) -> String {
        let route = self.script("return location.hash.slice(1)", Vec::new()).await;
        route.as_str().unwrap_or_default().to_owned()
    }

    /// Goes to a route of the window, as a link in it would: `/actions/waiting`. The view may add to it how it shows it.
    pub async fn go(&self, route: &str) {
        self.script("location.hash = arguments[0]", vec![json!(route)]).await;
        let there = || async {
            self.route().await.strip_prefix(route).is_some_and(|rest| rest.is_empty() || rest.starts_with('?'))
        };
        assert!(self.eventually(there).await, "the window is at {:?} and not at {route:?}", self.route().await);
    }

    /// What has the focus: its role and name. Empty where nothing has it.
    pub async fn focused(&self) -> String {
        self.bring_axe().await;
        self.script(FOCUSED, Vec::new()).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the element of this role and name has the focus.
    pub async fn focus(&self, role: &str, name: &str) {
        let wanted = format!("{role} {name}");
        let there = || async { self.focused().await == wanted };
        if !self.eventually(there).await {
            panic!("the focus is on {:?}, not on {wanted:?}:\n{}", self.focused().await, self.outline().await);
        }
    }

    /// Goes on with Tab until the element of this role and name has the focus.
    pub async fn focus_by_tab(&self, role: &str, name: &str) {
        let wanted = format!("{role} {name}");
        for _ in 0..100 {
            if self.focused().await == wanted {
                return;
            }
            self.press("Tab").await;
        }
        panic!("Tab does not lead to {wanted:?}:\n{}", self.outline().await);
    }

    /// The text of the option that Enter would take, in the list that is open.
    pub async fn option(&self) -> String {
        let chosen = r#"return document.querySelector('[role="option"][aria-selected="true"]')?.innerText ?? """#;
        self.script(chosen, Vec::new()).await.as_str().unwrap_or_default().to_owned()
    }

    /// Shows the page `light` or `dark`, as the setting does.
    pub async fn theme(&self, theme: &str) {
        self.script("document.documentElement.dataset.theme = arguments[0]", vec![json!(theme)]).await;
    }

    /// Waits until the page has stopped changing: what it asked for is there, and nothing moves any more.
    pub async fn still(&self) {
        assert!(self.settles(PATIENCE).await, "the page goes on changing:\n{}", self.outline().await);
    }

    /// As [`Self::still`], for so long at the most; tells whether it has.
    pub async fn settles(&self, patience: Duration) -> bool {
        self.script(WATCH, Vec::new()).await;
        let began = Instant::now();
        while self.script("return stillFor()", Vec::new()).await.as_f64() <= Some(400.0) {
            if began.elapsed() > patience {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        true
    }

    /// What went wrong in the page since it was opened: errors, refusals of the content security policy, warnings.
    pub async fn complaints(&self) -> Vec<String> {
        strings(&self.script("return window.complaints", Vec::new()).await)
    }

    /// What axe-core finds against WCAG 2.2 AA and good practice.
    pub async fn violations(&self) -> Vec<String> {
        self.bring_axe().await;
        strings(&self.client.execute_async(VIOLATIONS, Vec::new()).await.expect("axe-core answers"))
    }

    /// Roles and names of what the page shows, a line each: for eyes, and for what a failed test says.
    pub async fn outline(&self) -> String {
        self.bring_axe().await;
        self.script(OUTLINE, Vec::new()).await.as_str().unwrap_or_default().to_owned()
    }

    pub(super) async fn listen(&self) {
        self.script(LISTEN, Vec::new()).await;
    }

    pub(super) async fn found(&self, role: &str, name: &str) -> Vec<Element> {
        self.bring_axe().await;
        let found = self.script(FOUND, vec![json!(role), json!(name)]).await;
        let ids = found.as_array().into_iter().flatten().filter_map(|element| element[ELEMENT].as_str());
        ids.map(|id| Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned()))).collect()
    }

    async fn bring_axe(&self) {
        if self.script("return typeof axe", Vec::new()).await == "undefined" {
            let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");
            let axe = std::fs::read_to_string(file).expect("axe-core: run `npm ci` in ui/");
            self.script(&axe, Vec::new()).await;
        }
    }
}

fn strings(value: &Value) -> Vec<String> {
    let told = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    value.as_array().into_iter().flatten().map(told).collect()
}
