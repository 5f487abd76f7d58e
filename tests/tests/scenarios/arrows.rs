//! Which crate may name which. `deny.toml` says who may be named by whom; this says, for each member, all it may name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use serde::Deserialize;

/// For each member of the workspace, the members it may depend on.
const ARROWS: &[(&str, &[&str])] = &[
    ("throughline-core", &[]),
    ("throughline-store", &["throughline-core"]),
    ("throughline-calendar", &["throughline-core"]),
    ("throughline-app", &["throughline-core", "throughline-store", "throughline-calendar"]),
    ("throughline-cli", &["throughline-app"]),
    ("throughline-desktop", &["throughline-app"]),
    (
        "throughline-tests",
        &["throughline-core", "throughline-store", "throughline-calendar", "throughline-app", "throughline-cli"],
    ),
];

/// Crates that stand for an outside world, and the members whose part of it they are.
const OWNERS: &[(&str, &[&str])] = &[
    ("sqlx", &["throughline-store"]),
    ("libsqlite3-sys", &["throughline-store"]),
    ("calcard", &["throughline-calendar"]),
    ("google-calendar3", &["throughline-calendar"]),
    ("yup-oauth2", &["throughline-calendar"]),
    ("oauth2", &["throughline-calendar"]),
    ("keyring", &["throughline-app"]),
    ("age", &["throughline-app"]),
    ("libdav", &["throughline-calendar"]),
    ("reqwest", &["throughline-calendar"]),
    ("roxmltree", &["throughline-calendar"]),
    ("petgraph", &["throughline-core"]),
    ("rrule", &["throughline-core"]),
    ("getrandom", &["throughline-app"]),
    ("directories", &["throughline-app"]),
    ("iana-time-zone", &["throughline-app"]),
    ("clap", &["throughline-cli"]),
    ("tauri", &["throughline-desktop"]),
    ("tauri-specta", &["throughline-desktop"]),
    ("tauri-plugin-clipboard-manager", &["throughline-desktop"]),
    ("tauri-plugin-dialog", &["throughline-desktop"]),
    ("tauri-plugin-notification", &["throughline-desktop"]),
    ("tauri-plugin-opener", &["throughline-desktop"]),
    ("tauri-plugin-single-instance", &["throughline-desktop"]),
    ("tauri-plugin-window-state", &["throughline-desktop"]),
    ("signal-hook", &["throughline-desktop"]),
];

/// What `core` may not have anywhere below it: async runtimes, databases, the network, terminals.
const NOT_UNDER_CORE: &[&str] = &[
    "tokio",
    "async-std",
    "smol",
    "futures-executor",
    "sqlx",
    "sqlx-core",
    "libsqlite3-sys",
    "rusqlite",
    "reqwest",
    "hyper",
    "ureq",
    "rustls",
    "native-tls",
    "socket2",
    "getrandom",
    "rand",
    "directories",
    "anstream",
];

#[test]
fn members_depend_only_along_the_arrows() {
    let allowed: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    let metadata = workspace();
    let members: BTreeSet<_> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    for package in &metadata.packages {
        let name = package.name.as_str();
        let allowed =
            allowed.get(name).unwrap_or_else(|| panic!("{name} is a new member: say in ARROWS what it may name"));
        for dependency in package.dependencies.iter().filter(|dependency| members.contains(dependency.name.as_str())) {
            // A crate's tests stand where the crate stands, so development dependencies obey the same table.
            assert!(
                allowed.contains(&dependency.name.as_str()),
                "{name} depends on {}, which it may not; ARCHITECTURE.md shows the arrows",
                dependency.name
            );
        }
    }
}

#[test]
fn each_outside_world_belongs_to_one_crate() {
    let owners: BTreeMap<_, _> = OWNERS.iter().copied().collect();
    for package in &workspace().packages {
        for dependency in package.dependencies.iter().filter(|d| d.kind.as_deref() != Some("dev")) {
            if let Some(owners) = owners.get(dependency.name.as_str()) {
                assert!(
                    owners.contains(&package.name.as_str()),
                    "{} depends on {}, which belongs to {owners:?}",
                    package.name,
                    dependency.name
                );
            }
        }
    }
}

#[test]
fn core_stands_on_nothing_that_reaches_outside() {
    let below = normal_tree("throughline-core");
    assert!(below.contains("petgraph"), "the tree of core was not read: {below:?}");
    for outside in NOT_UNDER_CORE {
        assert!(
            !below.contains(*outside),
            "throughline-core reaches {outside}; see `cargo tree -p throughline-core -i {outside}`"
        );
    }
}

#[test]
fn every_member_takes_the_lints_and_the_rust_version_of_the_workspace() {
    for package in &workspace().packages {
        let manifest = std::fs::read_to_string(&package.manifest_path).expect("a manifest that cargo has just read");
        for line in ["[lints]\nworkspace = true", "rust-version.workspace = true", "license.workspace = true"] {
            assert!(manifest.replace("\r\n", "\n").contains(line), "{} lacks {line:?}", package.name);
        }
    }
}

/// What is read of `cargo metadata`. The crate of that name would do, but asks `serde_json` and `semver` for features with
/// which, in tests alone, half of what the program stands on would be built anew.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// `dev`, `build`, or none of these.
    kind: Option<String>,
}

/// The members alone: no registry is asked, and no dependency resolved.
fn workspace() -> Metadata {
    let told = cargo(&["metadata", "--format-version", "1", "--no-deps"]);
    serde_json::from_str(&told).expect("what cargo tells of the workspace")
}

fn cargo(args: &[&str]) -> String {
    let ran =
        Command::new(env!("CARGO")).args(args).args(["--manifest-path", root_manifest()]).output().expect("cargo");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).expect("UTF-8")
}

/// Every crate that ends up in a build of `package` by itself, tests and build scripts left out. `cargo tree` and not
/// `cargo metadata`, since the latter adds features that other members ask for.
fn normal_tree(package: &str) -> BTreeSet<String> {
    let told =
        cargo(&["tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}", "--package", package]);
    told.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

fn root_manifest() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml")
}
