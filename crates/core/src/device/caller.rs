//! In whose name a server is asked, and where what belongs to them is.

use countersign_keychain::KeyId;
use countersign_protocol::{
    form::encode_segment,
    identity::Identity,
    link::ServerUrl,
    sid::{AccountSid, ChallengeSid, FactorSid, ServiceSid},
};

use crate::{factor::Factor, store::Enrolled};

/// In whose name a server is asked.
pub(crate) struct Caller<'a> {
    pub(crate) server: &'a ServerUrl,
    pub(crate) account_sid: &'a AccountSid,
    pub(crate) service_sid: &'a ServiceSid,
    pub(crate) identity: &'a Identity,
    pub(crate) credential_sid: &'a str,
    pub(crate) key_id: &'a KeyId,
}

impl Caller<'_> {
    /// The path of what belongs to the identity.
    pub(super) fn path(&self, rest: &str) -> String {
        resource_path(self.service_sid, self.identity, rest)
    }
}

impl<'a> From<&'a Factor> for Caller<'a> {
    fn from(factor: &'a Factor) -> Self {
        Self {
            server: &factor.server,
            account_sid: &factor.account_sid,
            service_sid: &factor.service_sid,
            identity: &factor.identity,
            credential_sid: &factor.credential_sid,
            key_id: &factor.key_id,
        }
    }
}

impl<'a> From<&'a Enrolled> for Caller<'a> {
    fn from(factor: &'a Enrolled) -> Self {
        Self {
            server: &factor.server,
            account_sid: &factor.account_sid,
            service_sid: &factor.service_sid,
            identity: &factor.identity,
            credential_sid: &factor.credential_sid,
            key_id: &factor.key_id,
        }
    }
}

/// The path of what belongs to an identity (section 1.2).
pub(crate) fn resource_path(service: &ServiceSid, identity: &Identity, rest: &str) -> String {
    format!(
        "/v2/Services/{service}/Entities/{}{rest}",
        encode_segment(identity.as_str())
    )
}

/// The path of a factor, behind its identity's.
pub(crate) fn factor_path(sid: &FactorSid) -> String {
    format!("/Factors/{sid}")
}

/// The path of a challenge, behind its identity's.
pub(crate) fn challenge_path(sid: &ChallengeSid) -> String {
    format!("/Challenges/{sid}")
}
