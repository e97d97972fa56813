//! Who depends on whom.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

use super::tree::root;

/// Packages by name, each with those that it depends on, on any system.
#[derive(Default)]
pub(super) struct Graph(BTreeMap<String, BTreeSet<String>>);

/// What cargo knows of this workspace, as locked.
pub(super) fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .other_options(["--locked".to_owned()])
        .exec()
        .expect("cargo reads the workspace")
}

impl Graph {
    /// What is compiled into the programs: dependencies for building and running, not those for testing.
    pub(super) fn of_products(metadata: &Metadata) -> Self {
        let name = |id| metadata[id].name.to_string();
        let resolve = metadata
            .resolve
            .as_ref()
            .expect("cargo resolves the dependencies");
        let mut graph = Self::default();
        for node in &resolve.nodes {
            let dependencies = node.deps.iter().filter(|dependency| {
                dependency
                    .dep_kinds
                    .iter()
                    .any(|how| how.kind != DependencyKind::Development)
            });
            let dependencies: Vec<String> = dependencies.map(|dependency| name(&dependency.pkg)).collect();
            let dependencies: Vec<&str> = dependencies.iter().map(String::as_str).collect();
            graph = graph.with(&name(&node.id), &dependencies);
        }
        graph
    }

    /// The same graph with one package more, or with more edges from a package that is there.
    pub(super) fn with(mut self, package: &str, dependencies: &[&str]) -> Self {
        let edges = self.0.entry(package.to_owned()).or_default();
        edges.extend(dependencies.iter().map(|&name| name.to_owned()));
        self
    }

    /// What the package names itself.
    pub(super) fn direct(&self, package: &str) -> impl Iterator<Item = &str> {
        self.0.get(package).into_iter().flatten().map(String::as_str)
    }

    /// The shortest way from one package to another, both ends included.
    pub(super) fn path(&self, from: &str, to: &str) -> Option<Vec<&str>> {
        let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
        let (start, _) = self.0.get_key_value(from)?;
        let mut waiting = VecDeque::from([start.as_str()]);
        while let Some(package) = waiting.pop_front() {
            for next in self.direct(package) {
                if next != start && !came_from.contains_key(next) {
                    came_from.insert(next, package);
                    waiting.push_back(next);
                }
            }
        }
        let mut path = vec![*came_from.get_key_value(to)?.0];
        while let Some(before) = path.last().and_then(|package| came_from.get(package)) {
            path.push(before);
        }
        path.reverse();
        Some(path)
    }

    /// Whether there is such a package at all.
    pub(super) fn contains(&self, package: &str) -> bool {
        self.0.contains_key(package)
    }
}

#[test]
fn the_shortest_way_is_found_and_circles_do_not_trap_the_search() {
    let graph = Graph::default()
        .with("a", &["b", "c"])
        .with("b", &["d", "a"])
        .with("c", &["e"])
        .with("e", &["d"]);
    assert_eq!(graph.path("a", "d"), Some(vec!["a", "b", "d"]));
    assert_eq!(graph.path("d", "a"), None);
    assert_eq!(graph.path("a", "a"), None);
}
