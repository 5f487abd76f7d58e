//! What the page shows, asked in its own language.

use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};

use super::Desktop;

/// How WebDriver names an element in JSON (W3C WebDriver §12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Keeps what goes wrong in the page, from now on.
const LISTEN: &str = r"
    if (window.complaints) return;
    window.complaints = [];
    const keep = (text) => window.complaints.push(String(text));
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

const VIOLATIONS: &str = r"
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(
        (results) => done(results.violations.flatMap((rule) =>
            rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))),
        (error) => done([`axe: ${error}`]));
";

impl Desktop {
    /// Runs a script in the page; `return` gives back, `arguments` holds what was given.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.unwrap_or_else(|error| panic!("the page refuses: {error}"))
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
