//! The edges between packages.

use super::graph::{Graph, metadata};

/// One edge that must not be there.
struct Never {
    from: &'static str,
    to: &'static str,
    /// Whether other packages in between are forbidden too.
    reach: Reach,
}

#[derive(Clone, Copy, PartialEq)]
enum Reach {
    Direct,
    Any,
}

const PROTOCOL: &str = "countersign-protocol";
const KEYCHAIN: &str = "countersign-keychain";
const CORE: &str = "countersign-core";
const QR: &str = "countersign-qr";
const SERVER: &str = "countersign-server";
const ISSUER: &str = "countersign-issuer";
const CLI: &str = "countersign-cli";
const APP: &str = "countersign-app";
const TESTS: &str = "countersign-tests";
const XTASK: &str = "xtask";

/// Which packages of the workspace each of them may name. What is missing here is forbidden.
const ALLOWED: [(&str, &[&str]); 10] = [
    (PROTOCOL, &[]),
    (KEYCHAIN, &[PROTOCOL]),
    (CORE, &[PROTOCOL, KEYCHAIN]),
    (QR, &[]),
    (SERVER, &[PROTOCOL]),
    (ISSUER, &[PROTOCOL]),
    (CLI, &[PROTOCOL, KEYCHAIN, CORE, QR]),
    (APP, &[PROTOCOL, KEYCHAIN, CORE, QR]),
    (TESTS, &[PROTOCOL, KEYCHAIN, CORE, SERVER, ISSUER]),
    (XTASK, &[]),
];

/// Libraries by which a package would reach for a network, a file or a runtime.
const IO: [&str; 8] = [
    "tokio",
    "reqwest",
    "sqlx",
    "hyper",
    "mio",
    "rustls",
    "axum",
    "tracing-subscriber",
];

fn forbidden() -> Vec<Never> {
    let direct = |from, to| Never {
        from,
        to,
        reach: Reach::Direct,
    };
    let any = |from, to| Never {
        from,
        to,
        reach: Reach::Any,
    };
    let mut never = vec![
        any(CORE, "tauri"),
        any(CLI, "tauri"),
        any(SERVER, "tauri"),
        any(SERVER, CORE),
        any(SERVER, KEYCHAIN),
        any(SERVER, "zbus"),
        any(ISSUER, SERVER),
        any(ISSUER, CORE),
        any(ISSUER, "sqlx"),
        any(KEYCHAIN, "reqwest"),
        any(KEYCHAIN, "sqlx"),
        // The window reaches both through `core`, and only through it.
        direct(APP, "reqwest"),
        direct(APP, "sqlx"),
        direct(CLI, "reqwest"),
        direct(CLI, "sqlx"),
    ];
    // The words of the protocol do no I/O, and neither does the reader of pictures.
    for (package, library) in [PROTOCOL, QR]
        .into_iter()
        .flat_map(|package| IO.map(|library| (package, library)))
    {
        never.push(any(package, library));
    }
    never
}

/// The forbidden edges that are there, each as the way that leads along it.
fn broken(graph: &Graph, never: &[Never]) -> Vec<String> {
    let mut found = Vec::new();
    for rule in never {
        assert!(graph.contains(rule.from), "there is no package {}", rule.from);
        match rule.reach {
            Reach::Any => found.extend(graph.path(rule.from, rule.to).map(|path| path.join(" -> "))),
            Reach::Direct if graph.direct(rule.from).any(|name| name == rule.to) => {
                found.push(format!("{} -> {}", rule.from, rule.to));
            }
            Reach::Direct => {}
        }
    }
    found
}

/// Packages of the workspace that name others which they are not allowed to name.
fn strangers(graph: &Graph, allowed: &[(&str, &[&str])]) -> Vec<String> {
    let mut found = Vec::new();
    for (package, may) in allowed {
        for named in graph.direct(package) {
            let own = allowed.iter().any(|(name, _)| *name == named);
            if own && named != *package && !may.contains(&named) {
                found.push(format!("{package} -> {named}"));
            }
        }
    }
    found
}

#[test]
fn no_forbidden_edge_exists() {
    let graph = Graph::of_products(&metadata());
    assert_eq!(broken(&graph, &forbidden()), Vec::<String>::new());
}

#[test]
fn packages_depend_on_each_other_as_drawn() {
    let metadata = metadata();
    let graph = Graph::of_products(&metadata);
    assert_eq!(strangers(&graph, &ALLOWED), Vec::<String>::new());
    let mut members: Vec<_> = metadata
        .workspace_packages()
        .iter()
        .map(|package| package.name.to_string())
        .collect();
    members.sort();
    let mut known = ALLOWED.map(|(name, _)| name.to_owned());
    known.sort();
    assert_eq!(
        members, known,
        "a new package has to earn its place: add it here and to the drawing"
    );
}

#[test]
fn a_newcomer_without_the_window_s_headers_can_build_the_rest() {
    let metadata = metadata();
    let default: Vec<_> = metadata
        .workspace_default_packages()
        .iter()
        .map(|package| package.name.to_string())
        .collect();
    assert!(!default.contains(&APP.to_owned()));
    assert_eq!(default.len(), metadata.workspace_packages().len() - 1);
}

#[test]
fn a_forbidden_edge_is_found_over_others() {
    let graph = Graph::default()
        .with(CORE, &["plugin"])
        .with("plugin", &["tauri"])
        .with(APP, &[CORE, "reqwest"]);
    let rules = [
        Never {
            from: CORE,
            to: "tauri",
            reach: Reach::Any,
        },
        Never {
            from: CORE,
            to: "tauri",
            reach: Reach::Direct,
        },
        Never {
            from: APP,
            to: "reqwest",
            reach: Reach::Direct,
        },
        Never {
            from: APP,
            to: "sqlx",
            reach: Reach::Any,
        },
    ];
    assert_eq!(
        broken(&graph, &rules),
        [
            "countersign-core -> plugin -> tauri",
            "countersign-app -> reqwest"
        ]
    );
}

#[test]
#[should_panic(expected = "there is no package countersign-cored")]
fn a_rule_about_a_package_that_does_not_exist_fails() {
    broken(
        &Graph::default(),
        &[Never {
            from: "countersign-cored",
            to: "tauri",
            reach: Reach::Any,
        }],
    );
}

#[test]
fn an_edge_that_is_not_drawn_is_found() {
    let graph = Graph::default()
        .with(SERVER, &[PROTOCOL, CORE, "axum"])
        .with(PROTOCOL, &["serde"]);
    assert_eq!(
        strangers(&graph, &ALLOWED),
        ["countersign-server -> countersign-core"]
    );
}
