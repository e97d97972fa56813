//! `countersign show`: a request with everything it carries.

use countersign_core::{Authenticator, Request, RequestError, client::ClientError};
use countersign_protocol::sid::ChallengeSid;

use crate::{failure::Failure, keychain::Use, request_text, session::Session, views::RequestView};

/// Shows a request as the server has it, or, while the server cannot be reached, as it was last seen.
pub(crate) async fn run(session: &Session, sid: &ChallengeSid) -> Result<(), Failure> {
    let authenticator = session.open(Use::Sign).await?;
    let request = match authenticator.refresh(sid).await {
        Err(RequestError::Client(error)) => last_seen(session, &authenticator, sid, error).await?,
        request => request?,
    };
    session
        .output
        .result(&RequestView::from(&request), || request_text::in_full(&request))
}

async fn last_seen(
    session: &Session,
    authenticator: &Authenticator,
    sid: &ChallengeSid,
    error: ClientError,
) -> Result<Request, Failure> {
    let failure = Failure::from(error);
    let Ok(request) = authenticator.request(sid).await else {
        return Err(failure);
    };
    session.output.say(&format!(
        "{}\nThis is how the request was last seen.\n",
        failure.words()
    ));
    Ok(request)
}
