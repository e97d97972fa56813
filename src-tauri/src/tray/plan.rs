//! What the tray shows: the icon, the count, and the menu, as plain values that can be compared.

use crate::{
    attention::{
        quiet::Quiet,
        sight::{Ask, Health, Sight, Text},
        wish::Wish,
    },
    words::{Language, t},
};
use countersign_protocol::challenge_response::Decision;

use super::icon::Icon;

/// More requests than this are seen in the window only.
const MOST: usize = 10;

/// Everything that the tray shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    pub(super) icon: Icon,
    /// The count beside the icon, where there is room for one.
    pub(super) title: Option<String>,
    pub(super) tooltip: String,
    pub(super) entries: Vec<Entry>,
}

/// An entry of the menu.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Entry {
    /// Something to choose.
    Item(Wish, String),
    /// Something to read.
    Note(String),
    /// A menu of its own.
    Menu(String, Vec<Entry>),
    /// A line between others.
    Line,
}

impl Plan {
    /// What is shown of this.
    pub(super) fn of(sight: &Sight, language: Language) -> Self {
        let count = sight.asks.len();
        let item = |wish, key| Entry::Item(wish, t(language, key, &[]));
        let mut entries = vec![Entry::Item(Wish::Open, open(language, count))];
        let texts = sight
            .asks
            .iter()
            .filter_map(|ask| Some((ask, ask.text.as_ref()?)));
        entries.extend(
            texts
                .clone()
                .take(MOST)
                .map(|(ask, text)| request(ask, text, language)),
        );
        let more = texts.count().saturating_sub(MOST);
        if more > 0 {
            entries.push(Entry::Item(
                Wish::Open,
                t(language, "tray-more", &[("count", more.into())]),
            ));
        }
        entries.extend([
            Entry::Line,
            item(Wish::CheckNow, "tray-check-now"),
            Entry::Menu(t(language, "tray-mute", &[]), quiet(sight, language)),
        ]);
        if !sight.locked {
            entries.push(item(Wish::Lock, "tray-lock"));
        }
        entries.extend([Entry::Line, item(Wish::Quit, "tray-quit")]);
        Self {
            icon: icon(sight),
            title: (count > 0).then(|| count.to_string()),
            tooltip: match count {
                0 => "Countersign".to_owned(),
                count => format!("Countersign · {}", open(language, count)),
            },
            entries,
        }
    }
}

/// How long it may be quiet, and the way back.
fn quiet(sight: &Sight, language: Language) -> Vec<Entry> {
    let offers = Quiet::ALL
        .into_iter()
        .map(|quiet| Entry::Item(Wish::Mute(quiet), t(language, quiet.key(), &[])));
    let end = sight
        .muted
        .then(|| Entry::Item(Wish::Unmute, t(language, "tray-unmute", &[])));
    offers.chain(end).collect()
}

fn open(language: Language, count: usize) -> String {
    t(language, "tray-open", &[("count", count.into())])
}

/// One request, with everything that is offered for it. Denying is always among it; approving only where the person
/// allowed it for this factor, and everything that is asked stands here.
fn request(ask: &Ask, text: &Text, language: Language) -> Entry {
    let answer = |decision, key| {
        let wish = Wish::Answer(decision, ask.sid.clone(), Box::new(text.digest));
        Entry::Item(wish, t(language, key, &[]))
    };
    let lines = text.account.iter().chain(&text.details);
    let mut entries: Vec<Entry> = lines.map(|line| Entry::Note(line.clone())).collect();
    if !entries.is_empty() {
        entries.push(Entry::Line);
    }
    entries.push(Entry::Item(
        Wish::Review(ask.sid.clone()),
        t(language, "notify-review", &[]),
    ));
    if text.tray_approves && text.is_all {
        entries.push(answer(Decision::Approved, "approve"));
    }
    entries.push(answer(Decision::Denied, "deny"));
    Entry::Menu(format!("{} · {}", text.name, text.question), entries)
}

/// Whatever else there is to say, a request that waits comes first.
fn icon(sight: &Sight) -> Icon {
    match sight.health {
        _ if !sight.asks.is_empty() => Icon::Pending,
        Health::Trouble => Icon::Problem,
        _ if sight.locked => Icon::Locked,
        _ if sight.muted => Icon::Muted,
        Health::Offline => Icon::Offline,
        Health::Well => Icon::Idle,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attention::sight::testing::{OPEN, ask, hostile, request};

    fn plan(sight: &Sight) -> Plan {
        Plan::of(sight, Language::ENGLISH)
    }

    fn sight(asks: Vec<Ask>) -> Sight {
        Sight {
            asks,
            ..Sight::default()
        }
    }

    /// The menu as a person reads it.
    fn lines(entries: &[Entry]) -> Vec<String> {
        let line = |entry: &Entry| match entry {
            Entry::Item(_, text) => vec![text.clone()],
            Entry::Note(text) => vec![format!("({text})")],
            Entry::Line => vec!["-".to_owned()],
            Entry::Menu(text, entries) => {
                let inner = lines(entries).into_iter().map(|line| format!("  {line}"));
                std::iter::once(text.clone()).chain(inner).collect()
            }
        };
        entries.iter().flat_map(line).collect()
    }

    const REST: [&str; 9] = [
        "-",
        "Check now",
        "Mute notifications",
        "  For 20 minutes",
        "  For 1 hour",
        "  Until tomorrow",
        "Lock",
        "-",
        "Quit",
    ];

    fn with_rest(first: &[&str]) -> Vec<String> {
        first.iter().chain(&REST).map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn each_request_can_be_reviewed_and_denied_and_approved_only_where_that_is_allowed() {
        let usual = ask(1, 1);
        let mut allowed = ask(2, 2);
        let text = allowed.text.as_mut().unwrap();
        text.tray_approves = true;
        text.details = vec!["Place: Lisbon".to_owned()];
        let mut partly = allowed.clone();
        partly.text.as_mut().unwrap().is_all = false;
        let plan = plan(&sight(vec![usual, allowed, partly]));
        let account = "  (ada@acme.example)";
        let first = [
            "Open inbox (3)",
            "Acme · Sign in?",
            account,
            "  -",
            "  Review",
            "  Deny",
            "Acme · Sign in?",
            account,
            "  (Place: Lisbon)",
            "  -",
            "  Review",
            "  Approve",
            "  Deny",
            "Acme · Sign in?",
            account,
            "  (Place: Lisbon)",
            "  -",
            "  Review",
            "  Deny",
        ];
        assert_eq!(lines(&plan.entries), with_rest(&first));
        assert_eq!((plan.icon, plan.title.as_deref()), (Icon::Pending, Some("3")));
    }

    #[test]
    fn an_answer_is_for_the_text_that_the_menu_shows() {
        let ask = ask(1, 1);
        let Entry::Menu(_, entries) = plan(&sight(vec![ask.clone()])).entries.remove(1) else {
            panic!("it is a menu");
        };
        let shown = ask.text.unwrap().digest;
        let deny = Wish::Answer(Decision::Denied, ask.sid, Box::new(shown));
        assert!(entries.contains(&Entry::Item(deny, "Deny".to_owned())));
    }

    #[test]
    fn a_locked_tray_counts_and_tells_nothing() {
        let mut locked = sight(vec![ask(1, 1), ask(2, 1)]);
        locked.locked = true;
        for ask in &mut locked.asks {
            ask.text = None;
        }
        let locked = plan(&locked);
        assert_eq!(
            lines(&locked.entries),
            with_rest(&["Open inbox (2)"])
                .into_iter()
                .filter(|line| line != "Lock")
                .collect::<Vec<_>>()
        );
        assert!(!format!("{locked:?}").contains("Acme"));
    }

    #[test]
    fn a_menu_does_not_grow_without_end() {
        let plan = plan(&sight((0..50).map(|number| ask(number, 1)).collect()));
        let menus = plan
            .entries
            .iter()
            .filter(|entry| matches!(entry, Entry::Menu(..)));
        assert_eq!(menus.count(), MOST + 1, "the requests and the quiet");
        assert!(lines(&plan.entries).contains(&"40 more requests".to_owned()));
    }

    #[test]
    fn nothing_that_an_issuer_writes_makes_an_entry_of_its_own() {
        for hostile in hostile().take(1_000) {
            let plan = plan(&sight(vec![OPEN.ask(&request(&hostile, &hostile))]));
            assert_eq!(plan.entries.len(), 8);
            assert!(lines(&plan.entries).iter().all(|line| !line.contains('\n')));
        }
    }

    #[test]
    fn the_icon_says_what_matters_most() {
        let mut seen = Sight::default();
        assert_eq!(icon(&seen), Icon::Idle);
        seen.health = Health::Offline;
        assert_eq!(icon(&seen), Icon::Offline);
        seen.muted = true;
        assert_eq!(icon(&seen), Icon::Muted);
        assert!(lines(&plan(&seen).entries).contains(&"  Unmute".to_owned()));
        seen.locked = true;
        assert_eq!(icon(&seen), Icon::Locked);
        seen.health = Health::Trouble;
        assert_eq!(icon(&seen), Icon::Problem);
        seen.asks = vec![ask(1, 1)];
        assert_eq!(icon(&seen), Icon::Pending);
    }
}
