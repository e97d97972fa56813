//! `countersign check`: asks the servers whether there is anything new.

use countersign_core::{CheckReport, FactorCheck};
use countersign_protocol::sid::FactorSid;
use serde::Serialize;
use serde_json::json;

use crate::{failure::Failure, keychain::Use, session::Session, views::Moment, words};

/// Asks every server. The exit code is that of the first factor whose server could not be asked.
pub(crate) async fn run(session: &Session) -> Result<(), Failure> {
    let authenticator = session.open(Use::Sign).await?;
    let report = authenticator.check_now().await;
    let at = report.at;
    let reports = FactorReport::of(report);
    let arrived = reports.iter().map(|report| report.arrived).sum();
    let value = json!({ "at": Moment(at), "factors": reports });
    let asked = reports.iter().filter(|report| report.ok).count();
    session
        .output
        .result(&value, || match (reports.as_slice(), arrived) {
            ([], _) => "This computer is not enrolled anywhere yet.".to_owned(),
            (_, 0) if asked == 0 => "No server could be asked.".to_owned(),
            (all, 0) if asked < all.len() => "Nothing new at the servers that could be asked.".to_owned(),
            (_, 0) => format!("Nothing new. Checked {}.", words::moment(at)),
            (_, arrived) => format!(
                "{} arrived. To see: countersign inbox",
                words::count(arrived, "request")
            ),
        })?;
    match reports.into_iter().find_map(|report| report.failure) {
        Some(failure) => Err(failure),
        None => Ok(()),
    }
}

/// How the check of one factor went.
#[derive(Debug, Serialize)]
pub(crate) struct FactorReport {
    factor_sid: String,
    ok: bool,
    arrived: usize,
    settled: usize,
    error: Option<ErrorView>,
    #[serde(skip)]
    failure: Option<Failure>,
}

#[derive(Debug, Serialize)]
struct ErrorView {
    code: &'static str,
    message: String,
}

impl FactorReport {
    /// One for each factor.
    pub(crate) fn of(report: CheckReport) -> Vec<Self> {
        report.factors.into_iter().map(Self::from).collect()
    }

    /// Whether it is about this factor.
    pub(crate) fn is_of(&self, sid: &FactorSid) -> bool {
        self.factor_sid == sid.as_str()
    }

    /// Why the server could not be asked, if so.
    pub(crate) fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }
}

impl From<FactorCheck> for FactorReport {
    fn from(check: FactorCheck) -> Self {
        let (changes, failure) = match check.outcome {
            Ok(changes) => (changes, None),
            Err(error) => (Default::default(), Some(Failure::from(error))),
        };
        Self {
            factor_sid: check.factor_sid.to_string(),
            ok: failure.is_none(),
            arrived: changes.arrived,
            settled: changes.settled,
            error: failure.as_ref().map(|failure| ErrorView {
                code: failure.code,
                message: failure.message.clone(),
            }),
            failure,
        }
    }
}

/// Says which servers could not be asked.
pub(crate) fn warn_of_failures(session: &Session, reports: &[FactorReport]) {
    for report in reports {
        if let Some(failure) = &report.failure {
            session
                .output
                .say(&format!("{}: {}", report.factor_sid, failure.words()));
        }
    }
}
