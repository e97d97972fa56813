//! Where the pages are.

use countersign_protocol::{
    identity::Identity,
    sid::{ChallengeSid, FactorSid, ServiceSid, WebhookSid},
};

/// The console itself, and the only path its cookie is sent to.
pub(crate) const PATH: &str = "/console";

/// Where to sign in.
pub(super) const SIGN_IN: &str = "/console/sign-in";

pub(super) fn service(service: &ServiceSid) -> String {
    format!("{PATH}/services/{service}")
}

pub(super) fn settings(service: &ServiceSid) -> String {
    format!("{PATH}/services/{service}/settings")
}

pub(super) fn enrol(service: &ServiceSid) -> String {
    format!("{PATH}/services/{service}/enrol")
}

pub(super) fn enrolment(service: &ServiceSid, ticket: &str) -> String {
    format!("{PATH}/services/{service}/enrol/{ticket}")
}

pub(super) fn challenges(service: &ServiceSid) -> String {
    format!("{PATH}/services/{service}/challenges")
}

pub(super) fn code(service: &ServiceSid) -> String {
    format!("{PATH}/services/{service}/code")
}

pub(super) fn webhooks(service: &ServiceSid) -> String {
    format!("{PATH}/services/{service}/webhooks")
}

pub(super) fn webhook(service: &ServiceSid, webhook: &WebhookSid) -> String {
    format!("{PATH}/services/{service}/webhooks/{webhook}")
}

pub(super) fn identity(service: &ServiceSid, identity: &Identity) -> String {
    format!("{PATH}/services/{service}/identities/{identity}")
}

pub(super) fn factor(service: &ServiceSid, of: &Identity, factor: &FactorSid) -> String {
    format!("{}/factors/{factor}", identity(service, of))
}

pub(super) fn test(service: &ServiceSid, of: &Identity) -> String {
    format!("{}/test", identity(service, of))
}

pub(super) fn challenge(service: &ServiceSid, of: &Identity, challenge: &ChallengeSid) -> String {
    format!("{}/challenges/{challenge}", identity(service, of))
}
