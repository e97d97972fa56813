//! Being told at once: a request may wait until what it names has changed (docs/protocol.md, E3).
//!
//! It says how long with `Prefer: wait=N` (RFC 7240) and what it knows with `If-None-Match`, and is answered when
//! that is no longer how things are, or with 304 after the time. This is the one place of the server where a
//! request waits for anything but its own body.

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use tokio::time::Instant;

use crate::{app::App, mutex::lock, random, store::changes::Watch};

/// The longest time for which a request waits, whatever it asks for.
pub const LONGEST: Duration = Duration::from_secs(25);

/// How many requests may wait for the same factor or challenge. One more answers at once.
pub const SEATS_EACH: usize = 2;

/// How many requests may wait at all.
pub const SEATS: usize = 20_000;

/// What a request may wait for, and what it knows already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// For how long, if it wants to wait.
    wait: Option<Duration>,
    /// The tags of what it knows.
    known: Vec<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Wish {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::read(&parts.headers))
    }
}

impl Wish {
    /// A preference that cannot be read is none (RFC 7240, section 2), and of several the first counts.
    fn read(headers: &HeaderMap) -> Self {
        let all = |name: HeaderName| {
            let values = headers.get_all(name).iter();
            values.filter_map(|value| value.to_str().ok()).flat_map(elements)
        };
        let wait = all(PREFER).find_map(|preference| {
            let (name, value) = preference.split(';').next()?.split_once('=')?;
            name.trim()
                .eq_ignore_ascii_case("wait")
                .then(|| value.trim().trim_matches('"').to_owned())
        });
        let known = all(header::IF_NONE_MATCH).map(|tag| tag.trim_start_matches("W/").to_owned());
        Self {
            wait: wait
                .and_then(|seconds| seconds.parse().ok())
                .map(|seconds| Duration::from_secs(seconds).min(LONGEST)),
            known: known.collect(),
        }
    }

    fn knows(&self, tag: &Tag) -> bool {
        self.known.iter().any(|known| known == "*" || *known == tag.0)
    }
}

const PREFER: HeaderName = HeaderName::from_static("prefer");
/// Says that a request was allowed to wait, and for how long at most.
pub(crate) const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// The elements of a header that is a list, with their quotes.
fn elements(value: &str) -> Vec<&str> {
    let mut quoted = false;
    let split = value.split(move |c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    split
        .map(str::trim)
        .filter(|element| !element.is_empty())
        .collect()
}

/// A strong entity tag, in its quotes: equal tags name equal answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag(String);

impl Tag {
    /// The tag of what all these parts are.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self(format!("\"{}\"", random::hex(&hash.finalize()[..16])))
    }

    /// As in a header, in its quotes.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The places where requests wait, so that they do not become too many.
#[derive(Debug, Clone, Default)]
pub struct Seats(Arc<Mutex<Taken>>);

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_sid: HashMap<String, usize>,
}

/// A place where a request waits, free again when it is dropped.
#[derive(Debug)]
struct Seat {
    seats: Seats,
    sid: String,
}

impl Seats {
    /// How many requests wait.
    pub fn count(&self) -> usize {
        self.taken().all
    }

    /// A seat to wait for what has this SID, if one is free.
    fn take(&self, sid: &str) -> Option<Seat> {
        let mut taken = self.taken();
        let here = taken.by_sid.get(sid).copied().unwrap_or(0);
        if here >= SEATS_EACH || taken.all >= SEATS {
            return None;
        }
        taken.all += 1;
        taken.by_sid.insert(sid.to_owned(), here + 1);
        Some(Seat {
            seats: self.clone(),
            sid: sid.to_owned(),
        })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        lock(&self.0)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken();
        taken.all -= 1;
        if let Some(here) = taken.by_sid.get_mut(&self.sid) {
            *here -= 1;
            if *here == 0 {
                taken.by_sid.remove(&self.sid);
            }
        }
    }
}

/// A request that is held until what it asks for is no longer what it knows.
///
/// It is begun before the first look into the store, so that no change falls between that look and the waiting.
/// Then the handler looks, and asks [`Hold::again`] whether it has to look once more, until it has not.
#[derive(Debug)]
pub struct Hold {
    wish: Wish,
    seat: Option<(Seat, Watch)>,
    deadline: Instant,
}

impl Hold {
    /// A request that waits for changes to what has this SID, which `watch` hears of. It does not wait if it does
    /// not wish to, or if there is no seat.
    pub fn begin(app: &App, wish: Wish, sid: &str, watch: Watch) -> Self {
        let seat = wish.wait.and_then(|_| app.seats.take(sid));
        Self {
            deadline: Instant::now() + wish.wait.unwrap_or_default(),
            seat: seat.map(|seat| (seat, watch)),
            wish,
        }
    }

    /// After a look that saw what `tag` names: waits for a change if there is reason to, and says whether to look
    /// again. What was seen changes by itself at `ends`.
    pub async fn again(&mut self, app: &App, tag: &Tag, ends: Option<Timestamp>) -> bool {
        let Some((_, watch)) = &mut self.seat else {
            return false;
        };
        let left = self.deadline.saturating_duration_since(Instant::now());
        if !self.wish.knows(tag) || left.is_zero() || app.stopping.is_cancelled() {
            return false;
        }
        let left = ends.map_or(left, |ends| left.min(app.time_until(ends)));
        let left = left.min(app.store.look_again());
        let news = async {
            tokio::select! {
                () = watch.changed() => true,
                () = app.stopping.cancelled() => false,
            }
        };
        // Whether there was news or the time is over: the next look tells what there is to tell. At the end of the
        // server all who wait are answered at once, by what was seen.
        tokio::time::timeout(left, news).await.unwrap_or(true)
    }

    /// The answer after the last look, which saw what `tag` names: 304 if that is known already.
    pub fn answer(self, tag: &Tag, changed: Option<Response>) -> Response {
        let mut response = changed.unwrap_or_else(|| StatusCode::NOT_MODIFIED.into_response());
        let headers = response.headers_mut();
        let mut put = |name, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        put(header::ETAG, &tag.0);
        if let (Some(_), Some(wait)) = (&self.seat, self.wish.wait) {
            put(PREFERENCE_APPLIED, &format!("wait={}", wait.as_secs()));
        }
        response
    }

    /// Whether the request knows already what `tag` names.
    pub fn knows(&self, tag: &Tag) -> bool {
        self.wish.knows(tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(headers: &[(&'static str, &'static str)]) -> Wish {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(name, value);
        }
        Wish::read(&map)
    }

    #[test]
    fn the_preference_is_read_as_the_standard_writes_it() {
        for (value, seconds) in [
            ("wait=7", Some(7)),
            ("Wait = 7", Some(7)),
            ("wait=\"7\"", Some(7)),
            ("respond-async, wait=7; foo=bar, wait=9", Some(7)),
            ("x=\"a, wait=3\", wait=7", Some(7)),
            ("wait=0", Some(0)),
            ("wait=26", Some(25)),
            ("wait=18446744073709551615", Some(25)),
            ("wait=18446744073709551616", None),
            ("wait=-1", None),
            ("wait=1.5", None),
            ("wait", None),
            ("waiting=7", None),
            ("", None),
        ] {
            assert_eq!(
                wish(&[("prefer", value)]).wait,
                seconds.map(Duration::from_secs),
                "{value}"
            );
        }
        let several = wish(&[
            ("prefer", "return=minimal"),
            ("prefer", "wait=5"),
            ("prefer", "wait=6"),
        ]);
        assert_eq!(several.wait, Some(Duration::from_secs(5)));
    }

    #[test]
    fn one_tag_of_several_is_enough_and_a_weak_one_as_good() {
        let tag = Tag::of([&b"a"[..]]);
        let known = |value: String| Wish {
            known: elements(&value)
                .into_iter()
                .map(|tag| tag.trim_start_matches("W/").to_owned())
                .collect(),
            wait: None,
        };
        assert!(known(format!("\"x,y\", {}", tag.0)).knows(&tag));
        assert!(known(format!("W/{}", tag.0)).knows(&tag));
        assert!(known("*".to_owned()).knows(&tag));
        assert!(!known("\"x\"".to_owned()).knows(&tag));
        assert!(!known(tag.0.trim_matches('"').to_owned()).knows(&tag));
        assert_ne!(tag, Tag::of([&b""[..], b"a"]));
    }

    #[test]
    fn seats_are_few_for_each_and_free_again_when_left() {
        let seats = Seats::default();
        let first = seats.take("YF1").unwrap();
        let _second = seats.take("YF1").unwrap();
        assert!(seats.take("YF1").is_none());
        assert!(seats.take("YF2").is_some());
        drop(first);
        let _third = seats.take("YF1").unwrap();
        assert_eq!(seats.count(), 2);
        let many: Vec<_> = (0..SEATS)
            .map_while(|number| seats.take(&number.to_string()))
            .collect();
        assert_eq!((many.len(), seats.count()), (SEATS - 2, SEATS));
        drop(many);
        assert_eq!(seats.count(), 2);
    }
}
