//! Sentences for people, which stand in `ui/src/locales` and nowhere in the desktop shell. The screens have a test of
//! their own, `ui/src/text/hard-coded.test.ts`.

use super::tree::{File, files};

/// The help and the refusals of the command that starts the program, which answers a terminal in English.
const TERMINAL: &[&str] = &["src-tauri/src/options.rs"];

/// Texts in the code that begin like a sentence: a word with a capital letter, and another word. A line of the log does
/// not.
fn sentences(sources: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for File { path, text } in sources {
        if TERMINAL.contains(&path.as_str()) || path.ends_with("/tests.rs") {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            let line = line.trim();
            let logged = line.starts_with("//") || line.contains("tracing::") || line.contains("reason = ");
            let texts = line.split('"').skip(1).step_by(2);
            for text in texts.filter(|text| !logged && reads_as_sentence(text)) {
                found.push(format!("{path}:{}: {text}", number + 1));
            }
        }
    }
    found
}

fn reads_as_sentence(text: &str) -> bool {
    let mut words = text.split(' ').map(str::chars);
    let mut first = words.next().unwrap_or_else(|| "".chars());
    let begins = first.next().is_some_and(char::is_uppercase) && first.next().is_some_and(char::is_lowercase);
    begins && words.any(|mut word| word.next().is_some_and(char::is_alphabetic))
}

#[test]
fn the_desktop_shell_says_nothing_that_cannot_be_translated() {
    let shell = files(&["src-tauri/src"], &[".rs"]);
    assert!(shell.len() > 20, "the sources are not where this test looks");
    assert_eq!(sentences(&shell), Vec::<String>::new());
}

#[test]
fn a_sentence_in_the_code_is_found() {
    let file = |text: &str| File {
        path: "src-tauri/src/tray.rs".to_owned(),
        text: text.to_owned(),
    };
    let code = "let a = t(l, \"tray-open\", &[]);\nlet b = \"Open inbox\";\n// As in \"The Exec key\".\n\
                tracing::info!(\"Ctrl-C cannot be heard\");\n#[cfg(test)]\nmod tests {\n    \"Open inbox\"\n}";
    assert_eq!(sentences(&[file(code)]), ["src-tauri/src/tray.rs:2: Open inbox"]);
}
