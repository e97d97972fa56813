use jiff::SignedDuration;

use super::{double::Said, setup::Setup};
use crate::{AnswerError, ChallengeStatus, Connection};

#[tokio::test]
async fn a_clock_two_hours_off_is_corrected_by_one_401_and_stays_corrected() {
    for hours in [-2, 2] {
        let setup = Setup::new().await;
        setup.clock.advance(SignedDuration::from_hours(hours));
        let factor = setup.app.enrol(&setup.double.link()).await.unwrap();
        assert_eq!(
            setup.double.take_log(),
            ["POST /Factors", "POST /Factors/one", "POST /Factors/one"]
        );

        let sid = setup.double.challenge(&factor.sid, "?");
        let shown = setup.show(&sid).await;
        assert_eq!(shown.status, ChallengeStatus::Pending);
        assert_eq!(shown.expires_in, SignedDuration::from_mins(5));
        setup.app.approve(&sid, &shown.digest).await.unwrap();
        assert_eq!(setup.double.take_log().len(), 4, "no further 401");
        let connection = setup.app.connections().await.unwrap()[0].connection;
        assert_eq!(
            connection,
            Connection::ClockSkewed {
                by: SignedDuration::from_hours(-hours)
            }
        );
    }
}

#[tokio::test]
async fn a_correction_is_forgotten_at_the_end_and_made_again() {
    let (mut setup, factor) = Setup::enrolled().await;
    setup.clock.advance(SignedDuration::from_hours(2));
    setup.restart().await;
    let sid = setup.double.challenge(&factor.sid, "?");
    setup.check().await;
    assert_eq!(setup.open_sids().await, [sid]);
    assert_eq!(
        setup.double.count("GET /Challenges"),
        2,
        "one 401 and its repetition"
    );
}

#[tokio::test]
async fn a_second_401_and_one_without_a_date_are_errors() {
    let (setup, shown) = Setup::asked().await;
    setup.double.on_a_whim(|_| Some(Said::error(401, 20101)));
    let revoked = setup.app.approve(&shown.sid, &shown.digest).await;
    assert!(matches!(revoked, Err(AnswerError::FactorRevoked)), "{revoked:?}");
    assert_eq!(setup.double.take_log().len(), 2);

    setup.double.state().send_date = false;
    let refused = setup.app.approve(&shown.sid, &shown.digest).await;
    assert!(
        matches!(&refused, Err(AnswerError::Refused(error)) if error.status == 401),
        "{refused:?}"
    );
    assert_eq!(
        setup.double.take_log().len(),
        1,
        "nothing to correct by, nothing to repeat"
    );
}

#[tokio::test]
async fn a_clock_that_is_days_off_is_said_to_be_wrong_and_not_followed() {
    let (setup, shown) = Setup::asked().await;
    setup.clock.advance(SignedDuration::from_hours(24 * 3));
    let wrong = setup.app.approve(&shown.sid, &shown.digest).await;
    let by = SignedDuration::from_hours(-24 * 3);
    assert!(
        matches!(wrong, Err(AnswerError::ClockSkewed { by: Some(skew) }) if skew == by),
        "{wrong:?}"
    );
    assert_eq!(setup.double.status(&shown.sid), "pending");
    assert_eq!(
        setup.app.connections().await.unwrap()[0].connection,
        Connection::ClockSkewed { by }
    );
}

#[tokio::test]
async fn a_hostile_date_header_does_not_move_our_tokens() {
    let (setup, shown) = Setup::asked().await;
    let hostile = Said::error(401, 20101).with("Date", "Sat, 20 Nov 2027 05:00:00 GMT");
    setup.double.once("GET /Challenges/one", hostile);
    assert!(setup.app.approve(&shown.sid, &shown.digest).await.is_err());
    setup.app.approve(&shown.sid, &shown.digest).await.unwrap();
    assert_eq!(
        setup.double.take_log().len(),
        4,
        "one refused, then three as usual"
    );
}

#[tokio::test]
async fn expiry_goes_by_the_servers_clock() {
    let (setup, factor) = Setup::enrolled().await;
    setup.clock.advance(SignedDuration::from_mins(90));
    let sid = setup.double.challenge(&factor.sid, "?");
    setup.check().await;
    assert_eq!(
        setup.open_sids().await,
        std::slice::from_ref(&sid),
        "by this computer's clock its time would be over"
    );
    setup.clock.advance(SignedDuration::from_mins(5));
    assert!(setup.open_sids().await.is_empty());
    assert_eq!(
        setup.app.request(&sid).await.unwrap().status,
        ChallengeStatus::Expired
    );
    assert_eq!(
        setup.app.history(1).await.unwrap()[0].status,
        ChallengeStatus::Expired
    );
}
