//! Text that came from outside, made safe to look at: in a terminal, in a notification.
//!
//! A terminal obeys some characters and reorders others, so a request could repaint the question that it is about; and
//! a name of characters that nobody sees could pass for another. Every character that is not seen, or that moves
//! others, becomes U+FFFD: a person sees that something is there. What is signed is not touched by any of this.
//!
//! The window does the same where it displays; its tests hold its rules against the table here.

const REPLACEMENT: char = '\u{fffd}';

/// More combining marks than this on one letter reach into other lines; no language writes so many.
const MOST_MARKS: usize = 3;

/// One line: every run of white space becomes one space.
pub fn line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    neutralise(&words.join(" "))
}

/// A paragraph: its lines stay lines, with never more than one empty line between them.
pub fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    for text in text.trim().split('\n') {
        let text = line(text);
        if !text.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(text);
        }
    }
    lines
}

/// Whether a screen might obey a character, or not show it.
pub fn is_unseen(c: char) -> bool {
    c.is_control() || UNSEEN.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

fn neutralise(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut marks = 0;
    let mut before = ' ';
    for c in text.chars() {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        // Joiners and variation selectors serve scripts and emoji. After ASCII they join nothing, and only tell
        // two words apart that look the same.
        let serves = matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}') && !before.is_ascii();
        if is_unseen(c) && !serves {
            plain.push(REPLACEMENT);
        } else if marks <= MOST_MARKS {
            plain.push(c);
        }
        before = c;
    }
    plain
}

fn is_mark(c: char) -> bool {
    MARKS.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// The blocks of combining marks that fit any letter.
const MARKS: [(char, char); 5] = [
    ('\u{300}', '\u{36f}'),
    ('\u{1ab0}', '\u{1aff}'),
    ('\u{1dc0}', '\u{1dff}'),
    ('\u{20d0}', '\u{20ff}'),
    ('\u{fe20}', '\u{fe2f}'),
];

/// Formats (all direction marks and overrides among them), line separators, private use, whatever Unicode lets a font
/// leave out, and four that leave no ink though they count as letters or symbols. Controls are told by the standard
/// library.
const UNSEEN: [(char, char); 34] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{600}', '\u{605}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{6dd}', '\u{6dd}'),
    ('\u{70f}', '\u{70f}'),
    ('\u{890}', '\u{891}'),
    ('\u{8e2}', '\u{8e2}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{e000}', '\u{f8ff}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{fffe}', '\u{ffff}'),
    ('\u{110bd}', '\u{110bd}'),
    ('\u{110cd}', '\u{110cd}'),
    ('\u{13430}', '\u{1343f}'),
    ('\u{16fe4}', '\u{16fe4}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d159}', '\u{1d159}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
    ('\u{f0000}', '\u{ffffd}'),
    ('\u{ffffe}', '\u{fffff}'),
    ('\u{100000}', '\u{10fffd}'),
    ('\u{10fffe}', '\u{10ffff}'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_given_nothing_to_obey() {
        for (text, plain) in [
            ("a\u{1b}[2Jb", "a\u{fffd}[2Jb"),
            ("a\u{9b}2Jb", "a\u{fffd}2Jb"),
            ("a\u{7}\u{8}\u{7f}b", "a\u{fffd}\u{fffd}\u{fffd}b"),
            ("pay \u{202e}05 EUR", "pay \u{fffd}05 EUR"),
            ("a\u{2066}b\u{2069}", "a\u{fffd}b\u{fffd}"),
            ("zero\u{200b}width", "zero\u{fffd}width"),
            ("tag\u{e0041}", "tag\u{fffd}"),
        ] {
            assert_eq!(line(text), plain, "{text:?}");
        }
    }

    #[test]
    fn a_letter_without_ink_does_not_make_another_name() {
        for unseen in [
            '\u{115f}',
            '\u{2800}',
            '\u{3164}',
            '\u{ffa0}',
            '\u{16fe4}',
            '\u{1d159}',
            '\u{e0041}',
            '\u{34f}',
        ] {
            assert!(is_unseen(unseen), "{unseen:?}");
            assert_eq!(line(&format!("Ac{unseen}me")), "Ac\u{fffd}me", "{unseen:?}");
        }
    }

    #[test]
    fn ordinary_text_of_any_script_stays_as_it_is() {
        for text in ["Grüße", "承認しますか", "שלום", "नमस्ते", "👩‍💻 ❤️", "é (e\u{301})"]
        {
            assert_eq!(line(text), text);
        }
        assert_eq!(line("क्\u{200d}ष"), "क्\u{200d}ष");
        assert_eq!(line("Ac\u{200d}me"), "Ac\u{fffd}me");
    }

    #[test]
    fn one_line_stays_one_line_and_a_paragraph_does_not_grow_without_end() {
        assert_eq!(line("  a\r\n\tb\u{2028}c  "), "a b c");
        assert_eq!(lines("a\n\n\n\n\nb\r\nc"), ["a", "", "b", "c"]);
        assert_eq!(
            line(&format!("a{}", "\u{301}".repeat(50))),
            "a\u{301}\u{301}\u{301}"
        );
    }
}
