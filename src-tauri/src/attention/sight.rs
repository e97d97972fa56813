//! What may be shown outside the window, in words that are safe to show there.

use countersign_core::{Factor, Mute, Policy, Request, ShownDigest, Unusual};
use countersign_protocol::{
    plain,
    sid::{ChallengeSid, FactorSid},
};

/// The longest name that is shown, in characters.
const NAME: usize = 48;

/// The longest question, and the longest detail.
const LINE: usize = 100;

/// The most details.
const LINES: usize = 6;

/// Everything that the tray, the count and the notifications show.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Sight {
    /// What can be answered, the newest first.
    pub(crate) asks: Vec<Ask>,
    /// Whether the program is locked.
    pub(crate) locked: bool,
    /// Whether there are no notifications of anything.
    pub(crate) muted: bool,
    /// Whether somebody has the window in front of them.
    pub(crate) looked_at: bool,
    /// How the program does.
    pub(crate) health: Health,
}

impl Sight {
    /// What a request says, if it waits and may be shown.
    pub(crate) fn text_of(&self, sid: &ChallengeSid) -> Option<&Text> {
        self.asks.iter().find(|ask| ask.sid == *sid)?.text.as_ref()
    }

    /// What is still known when nothing can be read. A lock that closes meanwhile hides it all the same.
    pub(crate) fn in_trouble(&self, locked: bool) -> Self {
        let mut sight = self.as_seen(locked);
        sight.health = Health::Trouble;
        sight.locked = locked;
        sight
    }

    /// What may be shown of this if the program is locked by now.
    pub(crate) fn as_seen(&self, locked: bool) -> Self {
        let mut sight = self.clone();
        sight.locked |= locked;
        for ask in sight.asks.iter_mut().filter(|_| locked) {
            ask.text = None;
        }
        sight
    }
}

/// How the program does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Health {
    /// As far as is known it works.
    #[default]
    Well,
    /// No server is reached.
    Offline,
    /// Something needs a person: the keychain, a clock, a factor that was revoked.
    Trouble,
}

/// A request that waits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ask {
    /// Which.
    pub(crate) sid: ChallengeSid,
    /// Whom it asks.
    pub(crate) factor_sid: FactorSid,
    /// Whether notifications of it are wanted.
    pub(crate) audible: bool,
    /// Whether it may be answered in a moment without anybody, so that nobody is told yet.
    pub(crate) held_back: bool,
    /// What it says; nothing while the program is locked.
    pub(crate) text: Option<Text>,
}

/// What a request says, as it is shown outside the window.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    /// Who asks.
    pub(crate) name: String,
    /// What.
    pub(crate) question: String,
    /// For which account, if it has a name.
    pub(crate) account: Option<String>,
    /// Further details, a line each.
    pub(crate) details: Vec<String>,
    /// Pins all of this: an answer that is given here is for exactly this.
    pub(crate) digest: ShownDigest,
    /// Whether this is all there is to it: nothing was cut, the signature covers it, no number has to be typed, and
    /// nothing looks like an attack. Anything else is approved in the window only.
    pub(crate) is_all: bool,
    /// Whether the person lets the tray approve for this factor.
    pub(crate) tray_approves: bool,
    /// Whether the person lets a notification do so.
    pub(crate) bell_approves: bool,
}

/// What decides how much is shown of a request, and what is offered with it.
pub(crate) struct Rules<'a> {
    /// All of this computer's, for how each may be answered.
    pub(crate) factors: &'a [Factor],
    /// Of what there are no notifications for a while.
    pub(crate) mutes: &'a [Mute],
    /// Whether there are any at all.
    pub(crate) notifications: bool,
    /// Whether the program is locked.
    pub(crate) locked: bool,
}

impl Rules<'_> {
    /// A request as it is shown outside the window.
    pub(crate) fn ask(&self, request: &Request) -> Ask {
        Ask {
            sid: request.sid.clone(),
            factor_sid: request.factor_sid.clone(),
            held_back: request.held_back,
            audible: self.notifications && !self.mutes.iter().any(|mute| mute.covers(&request.factor_sid)),
            text: (!self.locked).then(|| self.text(request)),
        }
    }

    fn text(&self, request: &Request) -> Text {
        let policy = self.policy(request);
        let mut cut = Cut::default();
        let host = request.server_host();
        let name = cut.line(request.issuer.as_deref().unwrap_or(&host), NAME);
        let question = cut.line(&request.message, LINE);
        let account = request.account.as_deref().map(|account| cut.line(account, NAME));
        let details = cut.details(request);
        Text {
            name,
            question,
            account,
            details,
            digest: request.digest,
            is_all: !cut.0
                && request.signed.details
                && request.number.is_none()
                && request.date.is_none()
                // What is answered with it may belong to a factor that wants more.
                && request.twins.is_empty()
                && !is_suspicious(request),
            tray_approves: policy.answer_from_tray,
            bell_approves: policy.answer_from_notification,
        }
    }

    fn policy(&self, request: &Request) -> Policy {
        let factor = self
            .factors
            .iter()
            .find(|factor| factor.sid == request.factor_sid);
        factor.map_or_else(Policy::default, |factor| factor.policy)
    }
}

/// Whoever asks again after a denial, or again and again, hopes for a hasty yes. That something is asked for the first
/// time is no sign of it.
fn is_suspicious(request: &Request) -> bool {
    matches!(request.unusual, Some(Unusual::RecentlyDenied | Unusual::Burst))
}

/// Whether something had to be left out.
#[derive(Default)]
struct Cut(bool);

impl Cut {
    /// The issuer's text with nothing hidden in it, on one line of at most `most` characters.
    fn line(&mut self, text: &str, most: usize) -> String {
        let seen = plain::line(text);
        match seen.char_indices().nth(most) {
            Some((end, _)) => {
                self.0 = true;
                format!("{}…", &seen[..end])
            }
            None => seen,
        }
    }

    fn details(&mut self, request: &Request) -> Vec<String> {
        self.0 |= request.fields.len() > LINES;
        let fields = request.fields.iter().take(LINES);
        fields
            .map(|field| self.line(&format!("{}: {}", field.label, field.value), LINE))
            .collect()
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use countersign_core::{ChallengeStatus, SignedCoverage};
    use countersign_protocol::{
        link::ServerUrl,
        sid::{AccountSid, ServiceSid},
    };
    use jiff::{SignedDuration, Timestamp};

    use super::*;

    /// Nothing is kept quiet or hidden.
    pub(crate) const OPEN: Rules<'static> = Rules {
        factors: &[],
        mutes: &[],
        notifications: true,
        locked: false,
    };

    /// A request to a factor, each by its number.
    pub(crate) fn ask(number: u8, factor: u8) -> Ask {
        OPEN.ask(&Request {
            sid: ChallengeSid::from_random([number; 16]),
            factor_sid: FactorSid::from_random([factor; 16]),
            ..request("Acme", "Sign in?")
        })
    }

    /// A request in which nothing is special but what the issuer wrote.
    pub(crate) fn request(issuer: &str, message: &str) -> Request {
        Request {
            sid: ChallengeSid::from_random([7; 16]),
            factor_sid: FactorSid::from_random([7; 16]),
            account_sid: AccountSid::from_random([7; 16]),
            service_sid: ServiceSid::from_random([7; 16]),
            identity: "user-0001".parse().unwrap(),
            issuer: Some(issuer.to_owned()),
            account: Some("ada@acme.example".to_owned()),
            server: ServerUrl::parse("https://verify.acme.example").unwrap(),
            message: message.to_owned(),
            fields: Vec::new(),
            date: None,
            hidden: 0,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
            expires_at: Timestamp::UNIX_EPOCH,
            expires_in: SignedDuration::from_mins(1),
            status: ChallengeStatus::Pending,
            digest: "ab".repeat(32).parse().unwrap(),
            signed: SignedCoverage {
                details: true,
                hidden_details: true,
            },
            signature_fields: Vec::new(),
            number: None,
            twins: Vec::new(),
            unusual: None,
            needs_presence: false,
            on_this_computer: false,
            held_back: false,
            announced: false,
        }
    }

    /// Letters that a person would be fooled by, in a fixed order without end.
    pub(crate) fn hostile() -> impl Iterator<Item = String> {
        const PARTS: [&str; 21] = [
            "<b>",
            "&amp;",
            "&",
            "<img src='http://x.example/'>",
            "<a href=\"x\">",
            "\u{202e}",
            "\u{2066}",
            "\u{200b}",
            "\u{0}",
            "\u{1b}[2J",
            "\r\n\n",
            "\u{2028}",
            "\t",
            "_",
            "%n%s",
            "Approved · Bank",
            "\u{e0041}",
            "\u{3164}",
            "e\u{301}\u{301}\u{301}\u{301}\u{301}",
            "👩‍💻",
            "long ",
        ];
        let mut state: u64 = 0x2545_f491_4f6c_dd1d;
        std::iter::repeat_with(move || {
            // A generator of Marsaglia's: what matters is variety, and that it is the same each time.
            let mut next = || {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                usize::try_from(state >> 33).unwrap()
            };
            let length = next() % 40;
            (0..length).map(|_| PARTS[next() % PARTS.len()]).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use countersign_core::{Field, MuteReason, MuteScope};
    use jiff::Timestamp;

    use super::{testing::*, *};

    fn text(request: &Request) -> Text {
        OPEN.ask(request).text.unwrap()
    }

    #[test]
    fn a_name_cannot_turn_the_text_around_or_fill_the_screen() {
        assert_eq!(
            text(&request("Ac\u{202e}me\u{0}\n", "?")).name,
            "Ac\u{fffd}me\u{fffd}"
        );
        assert_eq!(
            text(&request(&"ä".repeat(100), "?")).name,
            format!("{}…", "ä".repeat(NAME))
        );
        assert_eq!(text(&request("  Acme Ltd.  ", "?")).name, "Acme Ltd.");
        let nameless = Request {
            issuer: None,
            ..request("", "?")
        };
        assert_eq!(text(&nameless).name, "verify.acme.example");
    }

    #[test]
    fn what_is_shown_is_one_line_of_letters_that_are_seen() {
        for hostile in hostile().take(1_000) {
            let mut request = request(&hostile, &hostile);
            request.account = Some(hostile.clone());
            request.fields = vec![
                Field {
                    label: hostile.clone(),
                    value: hostile.clone(),
                };
                3
            ];
            let text = text(&request);
            let lines = [&text.name, &text.question].into_iter();
            for line in lines.chain(&text.account).chain(&text.details) {
                assert!(line.chars().count() <= LINE + 1, "{hostile:?}");
                let spaces = line.chars().all(|c| c == ' ' || !c.is_whitespace());
                assert!(spaces && !line.chars().any(char::is_control), "{line:?}");
                // Only what joins letters of a script or an emoji may stay.
                let unseen = line.chars().filter(|c| plain::is_unseen(*c) && *c != '\u{200d}');
                assert_eq!(unseen.count(), 0, "{line:?}");
            }
        }
    }

    #[test]
    fn only_what_is_shown_whole_and_signed_is_all_there_is() {
        let whole = || request("Acme", "Sign in?");
        let field = |value: &str| Field {
            label: "Place".to_owned(),
            value: value.to_owned(),
        };
        let mut six = whole();
        six.fields = vec![field("Lisbon"); LINES];
        assert!(text(&whole()).is_all && text(&six).is_all);
        assert_eq!(text(&six).details, ["Place: Lisbon"; LINES]);
        let mut seven = whole();
        seven.fields = vec![field("Lisbon"); LINES + 1];
        let mut long = whole();
        long.fields = vec![field(&"x".repeat(LINE))];
        let mut unsigned = whole();
        unsigned.signed.details = false;
        let mut dated = whole();
        dated.date = Some(Timestamp::UNIX_EPOCH);
        let mut with_another = whole();
        with_another.twins = vec![ChallengeSid::from_random([9; 16])];
        let mut again = whole();
        again.unusual = Some(Unusual::RecentlyDenied);
        let mut new = whole();
        new.unusual = Some(Unusual::FirstApproval);
        assert!(text(&new).is_all);
        for not_all in [
            seven,
            long,
            unsigned,
            dated,
            with_another,
            again,
            request("Acme", &"x".repeat(LINE + 1)),
        ] {
            assert!(!text(&not_all).is_all, "{not_all:?}");
        }
    }

    #[test]
    fn a_store_that_fails_while_the_lock_closes_leaves_nothing_to_read() {
        let seen = Sight {
            asks: vec![OPEN.ask(&request("Acme", "Sign in?"))],
            ..Sight::default()
        };
        assert!(seen.in_trouble(false).asks[0].text.is_some());
        let locked = seen.in_trouble(true);
        assert!(locked.locked && locked.asks.len() == 1 && locked.asks[0].text.is_none());
    }

    #[test]
    fn a_locked_program_tells_nothing_and_counts_all() {
        let rules = Rules { locked: true, ..OPEN };
        let ask = rules.ask(&request("Acme", "Sign in?"));
        assert_eq!(ask.text, None);
        assert!(ask.audible);
        assert!(!format!("{ask:?}").contains("Acme"));
    }

    #[test]
    fn mutes_and_the_setting_silence_what_they_name() {
        let mute = |scope| {
            [Mute {
                scope,
                until: Timestamp::MAX,
                reason: MuteReason::Asked,
            }]
        };
        let request = request("Acme", "Sign in?");
        let audible = |mutes: &[Mute], notifications| {
            let rules = Rules {
                mutes,
                notifications,
                ..OPEN
            };
            rules.ask(&request).audible
        };
        assert!(audible(&[], true));
        assert!(!audible(&[], false));
        assert!(!audible(&mute(MuteScope::Everything), true));
        assert!(!audible(
            &mute(MuteScope::Factor(request.factor_sid.clone())),
            true
        ));
        assert!(audible(
            &mute(MuteScope::Factor(FactorSid::from_random([8; 16]))),
            true
        ));
    }
}
