//! Words that no source contains, but for the few files that are named here with a reason.

use super::tree::{File, files, rust_sources};

/// A word, and the files that may contain it.
struct Word {
    /// In two halves, so that this file does not contain it.
    halves: [&'static str; 2],
    allowed: &'static [&'static str],
    why: &'static str,
}

const RUST: [Word; 12] = [
    Word {
        halves: ["clippy::disallowed", "_methods"],
        allowed: &[
            // The wall clock's one reader.
            "crates/protocol/src/clock.rs",
            // The poller waits, and nobody else does.
            "crates/core/src/poll.rs",
            // Between two tries to open a file that another program is opening.
            "crates/server/src/store/database.rs",
            // Clients of programs of their own, which have the computer's clock, pause before they try again.
            "tests/benches/desktop/rounds.rs",
            "tests/tests/stories/replicas.rs",
        ],
        why: "time comes in through `Clock`, and nothing sleeps",
    },
    Word {
        halves: ["to", "do!("],
        allowed: &[],
        why: "nothing is left to be written",
    },
    Word {
        halves: ["unimple", "mented!("],
        allowed: &[],
        why: "nothing is left to be written",
    },
    Word {
        halves: ["TO", "DO"],
        allowed: &[],
        why: "nothing is left to be written",
    },
    Word {
        halves: ["FIX", "ME"],
        allowed: &[],
        why: "nothing is left to be mended",
    },
    Word {
        halves: ["#[ign", "ore"],
        allowed: &[],
        why: "every test is run",
    },
    Word {
        halves: ["#[al", "low("],
        allowed: &[],
        why: "an exception is an expectation with a reason",
    },
    Word {
        halves: ["#![al", "low("],
        allowed: &[],
        why: "an exception is an expectation with a reason",
    },
    Word {
        halves: ["unsafe", " {"],
        allowed: &["crates/keychain/src/", "src-tauri/src/"],
        why: "only the doors to the operating system need it",
    },
    Word {
        halves: ["danger_accept", "_invalid"],
        allowed: &[],
        why: "TLS is always verified",
    },
    Word {
        halves: ["std::process::", "exit("],
        allowed: &["xtask/src/background.rs"],
        why: "a program ends by returning from `main`, but for one that is interrupted",
    },
    Word {
        halves: ["extern \"C\"", " {"],
        allowed: &[],
        why: "no C of our own",
    },
];

const SCRIPTS: [Word; 6] = [
    Word {
        halves: ["@tauri-", "apps/"],
        allowed: &["ui/src/ipc/", "ui/eslint.config.js"],
        why: "one folder knows that there is a window around the screens",
    },
    Word {
        halves: [".on", "ly("],
        allowed: &[],
        why: "every test is run",
    },
    Word {
        halves: [".sk", "ip("],
        allowed: &[],
        why: "every test is run",
    },
    Word {
        halves: ["@ts-ig", "nore"],
        allowed: &[],
        why: "types are not argued with",
    },
    Word {
        halves: ["TO", "DO"],
        allowed: &[],
        why: "nothing is left to be written",
    },
    Word {
        halves: ["{@ht", "ml"],
        allowed: &[],
        why: "text from others is never markup",
    },
];

/// Where the words are, each place with the reason why they must not be there.
fn found(sources: &[File], words: &[Word]) -> Vec<String> {
    let mut found = Vec::new();
    for Word { halves, allowed, why } in words {
        let word = halves.concat();
        for File { path, text } in sources {
            let may = allowed.iter().any(|allowed| path.starts_with(allowed));
            if let Some(line) = text
                .lines()
                .position(|line| line.contains(&word))
                .filter(|_| !may)
            {
                found.push(format!("{path}:{}: `{word}`, but {why}", line + 1));
            }
        }
    }
    found
}

/// Traits that other packages can see, beyond the three that the product has.
fn other_traits(sources: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for File { path, text } in sources {
        for line in text
            .lines()
            .map(str::trim)
            .filter(|line| line.starts_with("pub trait "))
        {
            if !["Keychain", "UserPresence", "Clock"].iter().any(|name| {
                line.starts_with(&format!("pub trait {name}:"))
                    || line.starts_with(&format!("pub trait {name} "))
            }) {
                found.push(format!("{path}: {line}"));
            }
        }
    }
    found
}

/// The methods that a trait declares, in order.
fn methods<'a>(text: &'a str, declaration: &str) -> Vec<&'a str> {
    let lines = text.lines().skip_while(|line| !line.starts_with(declaration));
    let inside = lines.take_while(|line| *line != "}");
    let named = inside.filter_map(|line| line.trim().strip_prefix("fn "));
    named.filter_map(|line| line.split('(').next()).collect()
}

/// Modules named by their folder instead of by themselves.
fn folder_modules(sources: &[File]) -> Vec<&str> {
    sources
        .iter()
        .map(|file| file.path.as_str())
        .filter(|path| path.ends_with("/mod.rs"))
        .collect()
}

#[test]
fn no_source_contains_a_forbidden_word() {
    assert_eq!(found(&rust_sources(), &RUST), Vec::<String>::new());
    let scripts = files(&["ui", "tests"], &[".ts", ".mjs", ".js", ".svelte"]);
    assert!(!scripts.is_empty());
    assert_eq!(found(&scripts, &SCRIPTS), Vec::<String>::new());
}

#[test]
fn the_product_has_three_traits() {
    let products: Vec<File> = rust_sources()
        .into_iter()
        .filter(|file| !file.path.starts_with("tests/"))
        .collect();
    assert_eq!(other_traits(&products), Vec::<String>::new());
}

#[test]
fn no_keychain_gives_a_key_away() {
    let sources = rust_sources();
    let keychain = sources
        .iter()
        .find(|file| file.path == "crates/keychain/src/lib.rs");
    let methods = methods(&keychain.expect("it is there").text, "pub trait Keychain");
    assert_eq!(
        methods,
        ["location", "locations", "create", "public_key", "sign", "delete"]
    );
}

#[test]
fn every_module_lies_beside_its_folder() {
    assert_eq!(folder_modules(&rust_sources()), Vec::<&str>::new());
}

#[test]
fn forbidden_words_traits_and_modules_are_found() {
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let word = RUST[1].halves.concat();
    let sources = [
        file("crates/a/src/lib.rs", &format!("fn main() {{\n    {word});\n}}")),
        file(
            "crates/a/src/b/mod.rs",
            "pub trait Clocks {}\npub trait Clock: Send {}\n    pub trait UserPresence {",
        ),
    ];
    assert_eq!(
        found(&sources, &RUST),
        [format!(
            "crates/a/src/lib.rs:2: `{word}`, but nothing is left to be written"
        )]
    );
    assert_eq!(
        found(
            &sources,
            &[Word {
                halves: ["cl", "ock"],
                allowed: &["crates/"],
                why: ""
            }]
        ),
        Vec::<String>::new()
    );
    assert_eq!(
        other_traits(&sources),
        ["crates/a/src/b/mod.rs: pub trait Clocks {}"]
    );
    assert_eq!(folder_modules(&sources), ["crates/a/src/b/mod.rs"]);
    let keychain =
        "pub trait Keychain: Send {\n    /// Reads.\n    fn private_key(&self) -> Key;\n}\nfn other() {}\n";
    assert_eq!(methods(keychain, "pub trait Keychain"), ["private_key"]);
}
