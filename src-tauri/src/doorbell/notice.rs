//! What a notification says and offers.

use countersign_protocol::{
    challenge_response::Decision,
    sid::{ChallengeSid, FactorSid},
};

use serde_json::Value;

use crate::{
    attention::{
        sight::{Ask, Sight, Text},
        wish::Wish,
    },
    command_error::{CommandError, ErrorCode},
    words::{Language, t},
};

/// A notification, before it is shown.
#[derive(Debug, PartialEq)]
pub(super) struct Notice {
    /// One line, in which nothing is ever markup.
    pub(super) summary: String,
    /// Further lines, as plain text.
    pub(super) body: Vec<String>,
    /// What a click on it does.
    pub(super) opens: Wish,
    /// Its buttons.
    pub(super) offers: Vec<(Wish, String)>,
    /// Whether it goes by itself.
    pub(super) is_passing: bool,
}

/// What became of an answer that was given outside the window.
pub(crate) struct Told {
    /// What the person chose.
    pub(crate) decision: Decision,
    /// For which request.
    pub(crate) sid: ChallengeSid,
    /// Who asked.
    pub(crate) name: String,
    /// Whether the server has it.
    pub(crate) outcome: Result<(), CommandError>,
}

impl Notice {
    /// Somebody asks. Who and what is told only while the program is not locked; an answer is offered only with it.
    pub(super) fn of_request(ask: &Ask, language: Language) -> Self {
        let review = Wish::Review(ask.sid.clone());
        let mut offers = vec![(review.clone(), t(language, "notify-review", &[]))];
        let (summary, body) = match &ask.text {
            None => (
                t(language, "notify-locked", &[]),
                vec![t(language, "notify-locked-body", &[])],
            ),
            Some(text) => {
                let offer = |decision, key| {
                    let wish = Wish::Answer(decision, ask.sid.clone(), Box::new(text.digest));
                    (wish, t(language, key, &[]))
                };
                if text.bell_approves && text.is_all {
                    offers.push(offer(Decision::Approved, "approve"));
                }
                offers.push(offer(Decision::Denied, "deny"));
                (question(text, language), lines(text))
            }
        };
        Self {
            summary,
            body,
            opens: review,
            offers,
            is_passing: false,
        }
    }

    /// Somebody asks again and again.
    pub(super) fn of_burst(sight: &Sight, factor: &FactorSid, language: Language) -> Self {
        let asks = sight.asks.iter().filter(|ask| ask.factor_sid == *factor);
        let text = asks.filter_map(|ask| ask.text.as_ref()).next();
        let summary = match text {
            Some(text) => t(
                language,
                "notify-burst",
                &[("requester", text.name.as_str().into())],
            ),
            None => t(language, "notify-burst-locked", &[]),
        };
        Self {
            summary,
            body: vec![t(language, "notify-burst-body", &[])],
            opens: Wish::Open,
            offers: vec![(Wish::Open, t(language, "notify-review", &[]))],
            is_passing: false,
        }
    }

    /// What became of an answer. Only what the server confirmed is said to be so; to whom it was given, only while the
    /// program is not locked, which it may be by now.
    pub(super) fn of_outcome(told: &Told, locked: bool, language: Language) -> Self {
        let requester = [("requester", told.name.as_str().into())];
        let (summary, body) = match &told.outcome {
            Ok(()) if locked && told.decision == Decision::Approved => {
                (t(language, "ended-approved", &[]), None)
            }
            Ok(()) if locked => (t(language, "ended-denied", &[]), None),
            Err(_) if locked => (
                t(language, "notify-failed-locked", &[]),
                Some(t(language, "notify-locked-body", &[])),
            ),
            Ok(()) if told.decision == Decision::Approved => {
                (t(language, "notify-approved", &requester), None)
            }
            Ok(()) => (
                t(language, "notify-denied", &requester),
                Some(t(language, "notify-denied-body", &[])),
            ),
            Err(error) => (
                t(language, "notify-failed", &requester),
                Some(reason(error, told.decision, language)),
            ),
        };
        Self {
            summary,
            body: body.into_iter().collect(),
            opens: Wish::Review(told.sid.clone()),
            offers: Vec::new(),
            is_passing: true,
        }
    }

    /// Nobody asks: it shows whether and how notifications reach a person.
    pub(super) fn of_trial(language: Language) -> Self {
        Self {
            summary: t(language, "notify-trial", &[]),
            body: vec![t(language, "notify-trial-body", &[])],
            opens: Wish::Open,
            offers: Vec::new(),
            is_passing: true,
        }
    }

    /// Something else that was asked for outside the window was not done.
    pub(super) fn of_failure(error: &CommandError, language: Language) -> Self {
        let key = key(error.code);
        Self {
            summary: t(language, &format!("error-{key}"), &[]),
            body: vec![t(language, &format!("error-{key}-what"), &[])],
            opens: Wish::Open,
            offers: Vec::new(),
            is_passing: true,
        }
    }
}

fn question(text: &Text, language: Language) -> String {
    let requester = ("requester", text.name.as_str().into());
    if text.question.is_empty() {
        return t(language, "notify-asks", &[requester]);
    }
    let question = ("question", text.question.as_str().into());
    t(language, "notify-question", &[requester, question])
}

/// The account; and what would be approved, where that can be done from here.
fn lines(text: &Text) -> Vec<String> {
    let details = text.details.iter().filter(|_| text.bell_approves);
    text.account.iter().chain(details).cloned().collect()
}

/// Why nothing is confirmed: what happened, and whether anything was approved.
fn reason(error: &CommandError, decision: Decision, language: Language) -> String {
    let what = match (error.code, decision) {
        (ErrorCode::Offline, Decision::Approved) => "error-offline-approve-what".to_owned(),
        (ErrorCode::Offline, Decision::Denied) => "error-offline-deny-what".to_owned(),
        (code, _) => format!("error-{}-what", key(code)),
    };
    let count = [("count", error.tries_left.unwrap_or(0).into())];
    let title = t(language, &format!("error-{}", key(error.code)), &[]);
    format!("{title}. {}", t(language, &what, &count))
}

/// What the texts of a failure are named after: the name that the page knows it by.
fn key(code: ErrorCode) -> String {
    match serde_json::to_value(code) {
        Ok(Value::String(name)) => name,
        _ => "internal".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attention::sight::testing::{OPEN, ask, hostile, request};

    fn labels(notice: &Notice) -> Vec<&str> {
        notice.offers.iter().map(|(_, label)| label.as_str()).collect()
    }

    fn of(ask: &Ask) -> Notice {
        Notice::of_request(ask, Language::ENGLISH)
    }

    #[test]
    fn it_says_who_asks_what_and_offers_to_look_and_to_deny() {
        let ask = ask(1, 1);
        let notice = of(&ask);
        assert_eq!(notice.summary, "Acme asks: Sign in?");
        assert_eq!(notice.body, ["ada@acme.example"]);
        assert_eq!(labels(&notice), ["Review", "Deny"]);
        assert_eq!(notice.opens, Wish::Review(ask.sid.clone()));
        let shown = ask.text.unwrap().digest;
        assert_eq!(
            notice.offers[1].0,
            Wish::Answer(Decision::Denied, ask.sid, Box::new(shown))
        );
    }

    #[test]
    fn approving_is_offered_where_it_is_allowed_and_everything_is_said() {
        let mut ask = ask(1, 1);
        let text = ask.text.as_mut().unwrap();
        text.details = vec!["Place: Lisbon".to_owned()];
        text.bell_approves = true;
        assert_eq!(labels(&of(&ask)), ["Review", "Approve", "Deny"]);
        assert_eq!(of(&ask).body, ["ada@acme.example", "Place: Lisbon"]);
        ask.text.as_mut().unwrap().is_all = false;
        assert_eq!(labels(&of(&ask)), ["Review", "Deny"]);
    }

    #[test]
    fn while_locked_it_says_nothing_and_answers_nothing() {
        let mut ask = ask(1, 1);
        ask.text = None;
        let notice = of(&ask);
        assert_eq!(notice.summary, "A request waits for your answer");
        assert_eq!(labels(&notice), ["Review"]);
        assert_eq!(notice.opens, Wish::Review(ask.sid));
    }

    #[test]
    fn nothing_that_an_issuer_writes_makes_a_line_or_a_button() {
        for hostile in hostile().take(1_000) {
            let notice = of(&OPEN.ask(&request(&hostile, &hostile)));
            assert!(!notice.summary.contains('\n'), "{notice:?}");
            assert_eq!(labels(&notice), ["Review", "Deny"]);
            assert_eq!(notice.body.len(), 1);
        }
    }

    #[test]
    fn a_trial_names_nobody_and_asks_for_nothing() {
        let notice = Notice::of_trial(Language::ENGLISH);
        assert_eq!(notice.summary, "This is only a test");
        assert!(notice.offers.is_empty() && notice.opens == Wish::Open);
    }

    #[test]
    fn only_what_was_confirmed_is_said_to_be_done_and_behind_a_lock_not_to_whom() {
        let said = |decision, outcome, locked| {
            let told = Told {
                decision,
                sid: ask(1, 1).sid,
                name: "Acme".to_owned(),
                outcome,
            };
            let notice = Notice::of_outcome(&told, locked, Language::ENGLISH);
            assert!(notice.is_passing && notice.offers.is_empty());
            (notice.summary, notice.body.join("\n"))
        };
        assert_eq!(said(Decision::Approved, Ok(()), false).0, "Approved · Acme");
        assert_eq!(said(Decision::Denied, Ok(()), false).0, "Denied · Acme");
        let none = String::new();
        assert_eq!(
            said(Decision::Approved, Ok(()), true),
            ("Approved".to_owned(), none.clone())
        );
        assert_eq!(said(Decision::Denied, Ok(()), true), ("Denied".to_owned(), none));
        for code in [
            ErrorCode::Offline,
            ErrorCode::ChangedSinceShown,
            ErrorCode::Expired,
            ErrorCode::Internal,
        ] {
            for decision in [Decision::Approved, Decision::Denied] {
                let (summary, body) = said(decision, Err(CommandError::new(code)), true);
                assert_eq!(summary, "Your answer is not confirmed");
                assert_eq!(body, "Unlock Countersign to see it.");
                let (summary, body) = said(decision, Err(CommandError::new(code)), false);
                assert_eq!(summary, "Acme: your answer is not confirmed");
                assert!(body.contains(". ") && !body.contains("error-"), "{body}");
            }
        }
    }
}
