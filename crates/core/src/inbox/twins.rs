//! Requests for one action: one question stands for all of them.

use std::collections::HashMap;

use countersign_protocol::{
    identity::Identity,
    sid::{AccountSid, ServiceSid},
};

use crate::{
    request::{ActionDigest, MOST_TWINS},
    store::StoredChallenge,
};

/// What twins have in common. An issuer must not have another's request answered with its own, so they are of the
/// same account on the same server, for the same person; the digest has the rest.
#[derive(PartialEq, Eq, Hash)]
struct Action<'a> {
    server: &'a str,
    account_sid: &'a AccountSid,
    service_sid: &'a ServiceSid,
    identity: &'a Identity,
    digest: ActionDigest,
}

impl<'a> Action<'a> {
    fn of(stored: &'a StoredChallenge) -> Option<Self> {
        Some(Self {
            server: stored.server.as_str(),
            account_sid: &stored.account_sid,
            service_sid: &stored.service_sid,
            identity: &stored.identity,
            digest: stored.challenge.action?,
        })
    }
}

/// Other requests for the same action with the same details.
pub(crate) fn twins_of<'a>(
    of: &StoredChallenge,
    among: &'a [StoredChallenge],
) -> impl Iterator<Item = &'a StoredChallenge> {
    let action = Action::of(of);
    among.iter().filter(move |other| {
        action.is_some() && other.challenge.read.sid != of.challenge.read.sid && Action::of(other) == action
    })
}

/// All requests, those together that one question stands for; in the order of the first of each.
pub(super) fn together(open: &[StoredChallenge]) -> Vec<Vec<&StoredChallenge>> {
    let mut groups: Vec<Vec<&StoredChallenge>> = Vec::new();
    let mut known: HashMap<Action<'_>, usize> = HashMap::new();
    for stored in open {
        let Some(action) = Action::of(stored) else {
            groups.push(vec![stored]);
            continue;
        };
        match known.get(&action).and_then(|at| groups.get_mut(*at)) {
            Some(group) if group.len() <= MOST_TWINS => group.push(stored),
            _ => {
                known.insert(action, groups.len());
                groups.push(vec![stored]);
            }
        }
    }
    groups
}
