//! What is known of each server's clock. In memory only: a correction that outlived its cause would do harm.

use std::{collections::HashMap, sync::Mutex};

use countersign_protocol::date;
use jiff::{SignedDuration, Timestamp};
use url::Url;

/// Differences up to this are noise: a `Date` header has whole seconds and took its time to get here.
pub(crate) const NOISE: SignedDuration = SignedDuration::from_secs(2);

/// The clocks of all servers, by origin.
#[derive(Debug, Default)]
pub(crate) struct ServerTimes(Mutex<HashMap<String, Ahead>>);

/// How far one server's clock is ahead of ours, by two kinds of evidence.
#[derive(Debug, Default, Clone, Copy)]
struct Ahead {
    /// From any answer: for what a person is shown.
    seen: SignedDuration,
    /// From an answer 401, which says that our tokens' time is wrong: for tokens (section 7.4). Nothing less moves
    /// them, so that a proxy with a wrong clock does not break what works.
    proven: SignedDuration,
}

impl ServerTimes {
    /// Takes note of the `Date` of an answer. One that cannot be believed is ignored.
    pub(crate) fn note(&self, server: &Url, date_header: &str, now: Timestamp) {
        if let Ok(by) = date::correction(date_header, now) {
            let by = if by.abs() <= NOISE {
                SignedDuration::ZERO
            } else {
                by
            };
            self.update(server, |ahead| ahead.seen = by);
        }
    }

    /// Corrects the time in tokens by the `Date` of an answer 401.
    ///
    /// # Errors
    /// [`Unbelievable`] if the header cannot be read or is further from our clock than any honest one.
    pub(crate) fn correct(
        &self,
        server: &Url,
        date_header: &str,
        now: Timestamp,
    ) -> Result<(), Unbelievable> {
        let by = date::correction(date_header, now).map_err(|_| Unbelievable {
            by: date::parse_http(date_header)
                .ok()
                .map(|date| SignedDuration::from_secs(date.as_second() - now.as_second())),
        })?;
        self.update(server, |ahead| ahead.proven = by);
        Ok(())
    }

    /// The server's time, for a token.
    pub(crate) fn for_token(&self, server: &Url, now: Timestamp) -> Timestamp {
        plus(now, self.of(server).proven)
    }

    /// The server's time, for a person.
    pub(crate) fn now_at(&self, server: &Url, now: Timestamp) -> Timestamp {
        plus(now, self.skew(server))
    }

    /// How far the server's clock is ahead of ours.
    pub(crate) fn skew(&self, server: &Url) -> SignedDuration {
        self.of(server).seen
    }

    fn of(&self, server: &Url) -> Ahead {
        let all = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        all.get(&origin(server)).copied().unwrap_or_default()
    }

    fn update(&self, server: &Url, change: impl FnOnce(&mut Ahead)) {
        let mut all = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        change(all.entry(origin(server)).or_default());
    }
}

/// A `Date` header that no clock is corrected by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unbelievable {
    /// How far it is ahead of our clock, if it is a date at all.
    pub(crate) by: Option<SignedDuration>,
}

fn origin(server: &Url) -> String {
    server.origin().ascii_serialization()
}

fn plus(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_holds_for_its_own_server_and_tokens_need_proof() {
        let times = ServerTimes::default();
        let now = date::parse("2026-11-20T04:00:00Z").unwrap();
        let server: Url = "https://verify.example/".parse().unwrap();
        let other: Url = "https://verify.example:8443/".parse().unwrap();

        times.note(&server, "Fri, 20 Nov 2026 06:00:00 GMT", now);
        assert_eq!(date::format(times.now_at(&server, now)), "2026-11-20T06:00:00Z");
        assert_eq!(times.for_token(&server, now), now);

        times
            .correct(&server, "Fri, 20 Nov 2026 06:00:00 GMT", now)
            .unwrap();
        assert_eq!(
            date::format(times.for_token(&server, now)),
            "2026-11-20T06:00:00Z"
        );
        assert_eq!(times.for_token(&other, now), now);
        assert_eq!(times.now_at(&other, now), now);
    }

    #[test]
    fn a_second_or_two_is_noise_and_a_year_is_not_believed() {
        let times = ServerTimes::default();
        let now = date::parse("2026-11-20T04:00:00Z").unwrap();
        let server: Url = "https://verify.example/".parse().unwrap();
        times.note(&server, "Fri, 20 Nov 2026 04:00:02 GMT", now);
        assert_eq!(times.skew(&server), SignedDuration::ZERO);
        times.note(&server, "Sat, 20 Nov 2027 04:00:00 GMT", now);
        assert_eq!(times.skew(&server), SignedDuration::ZERO);
        let year = times.correct(&server, "Sat, 20 Nov 2027 04:00:00 GMT", now);
        assert_eq!(
            year,
            Err(Unbelievable {
                by: Some(SignedDuration::from_hours(365 * 24))
            })
        );
        assert_eq!(
            times.correct(&server, "soon", now),
            Err(Unbelievable { by: None })
        );
    }
}
