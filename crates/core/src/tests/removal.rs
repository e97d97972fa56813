use countersign_keychain::{KeyId, KeyLocation, Keychain, KeychainError, memory::MemoryKeychain};
use countersign_protocol::keys::{PublicKey, Signature};

use super::{double::Said, setup::Setup};
use crate::{AnswerError, Removal, RemoveError};

#[tokio::test]
async fn a_removed_factor_is_gone_on_both_sides_with_its_key_and_its_open_requests() {
    let (setup, shown) = Setup::asked().await;
    assert_eq!(
        setup.app.remove(&shown.factor_sid).await.unwrap(),
        Removal::Removed
    );
    assert_eq!(setup.double.take_log(), ["DELETE /Factors/one"]);
    assert!(setup.keys.ids().is_empty() && setup.double.state().factors.is_empty());
    assert!(setup.app.factors().await.unwrap().is_empty() && setup.open_sids().await.is_empty());
    assert!(matches!(
        setup.app.remove(&shown.factor_sid).await,
        Err(RemoveError::NotFound)
    ));
}

#[tokio::test]
async fn a_factor_that_the_server_does_not_know_counts_as_removed() {
    let (setup, factor) = Setup::enrolled().await;
    setup.double.once("DELETE /Factors/one", Said::error(404, 20404));
    assert_eq!(setup.app.remove(&factor.sid).await.unwrap(), Removal::Removed);

    let (setup, factor) = Setup::enrolled().await;
    setup.double.state().factors.clear();
    assert_eq!(setup.app.remove(&factor.sid).await.unwrap(), Removal::Removed);
    assert_eq!(
        setup.double.take_log(),
        ["DELETE /Factors/one", "DELETE /Factors/one"],
        "a second 401 means gone"
    );
    assert!(setup.keys.ids().is_empty());
}

#[tokio::test]
async fn offline_it_is_removed_here_and_the_server_is_told_later() {
    let (mut setup, shown) = Setup::asked().await;
    setup.double.on_a_whim(|_| Some(Said::Cut));
    assert_eq!(
        setup.app.remove(&shown.factor_sid).await.unwrap(),
        Removal::RemovedHereOnly
    );
    assert!(setup.app.factors().await.unwrap()[0].removing_since.is_some());
    assert!(setup.open_sids().await.is_empty());
    let late = setup.app.approve(&shown.sid, &shown.digest).await;
    assert!(matches!(late, Err(AnswerError::NotFound)), "{late:?}");
    setup.restart().await;
    assert_eq!(setup.keys.ids().len(), 1);

    setup.double.behave();
    setup.app.check_now().await;
    assert!(setup.app.factors().await.unwrap().is_empty());
    assert!(setup.keys.ids().is_empty() && setup.double.state().factors.is_empty());
}

#[tokio::test]
async fn a_lost_answer_to_a_removal_does_no_harm() {
    let (setup, factor) = Setup::enrolled().await;
    setup.double.once("DELETE /Factors/one", Said::CutAfter);
    assert_eq!(
        setup.app.remove(&factor.sid).await.unwrap(),
        Removal::RemovedHereOnly
    );
    assert_eq!(setup.app.remove(&factor.sid).await.unwrap(), Removal::Removed);
}

#[tokio::test]
async fn a_factor_whose_key_is_lost_can_still_be_removed_here() {
    let (setup, factor) = Setup::enrolled().await;
    setup.keys.delete(&factor.key_id).unwrap();
    assert_eq!(
        setup.app.remove(&factor.sid).await.unwrap(),
        Removal::RemovedHereOnly
    );
    assert!(setup.app.factors().await.unwrap().is_empty());
    assert!(setup.double.take_log().is_empty(), "nothing could be signed");
}

/// Keys are made somewhere else than they were, and found in both places.
struct Moved(MemoryKeychain);

impl Keychain for Moved {
    fn location(&self) -> KeyLocation {
        KeyLocation::Vault
    }

    fn locations(&self) -> Vec<KeyLocation> {
        vec![KeyLocation::Vault, self.0.location()]
    }

    fn create(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
        self.0.create(id)
    }

    fn public_key(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
        self.0.public_key(id)
    }

    fn sign(&self, id: &KeyId, message: &[u8]) -> Result<Signature, KeychainError> {
        self.0.sign(id, message)
    }

    fn delete(&self, id: &KeyId) -> Result<(), KeychainError> {
        self.0.delete(id)
    }
}

#[tokio::test]
async fn a_removed_factors_key_goes_wherever_it_is_found() {
    let (mut setup, factor) = Setup::enrolled().await;
    setup.restart_with(Box::new(Moved(setup.keys.clone()))).await;
    assert_eq!(setup.app.remove(&factor.sid).await.unwrap(), Removal::Removed);
    assert!(
        setup.keys.public_key(&factor.key_id).is_err(),
        "its key is there still"
    );
}

#[tokio::test]
async fn a_key_that_is_lost_where_keys_were_made_before_holds_up_no_removal() {
    let (mut setup, factor) = Setup::enrolled().await;
    setup.keys.delete(&factor.key_id).unwrap();
    setup.restart_with(Box::new(Moved(setup.keys.clone()))).await;
    setup.app.remove(&factor.sid).await.unwrap();
    assert!(setup.app.factors().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_history_stays_when_its_factor_goes() {
    let (setup, shown) = Setup::asked().await;
    setup.app.approve(&shown.sid, &shown.digest).await.unwrap();
    setup.app.remove(&shown.factor_sid).await.unwrap();
    let history = setup.app.history(10).await.unwrap();
    assert_eq!((history.len(), history[0].issuer.as_deref()), (1, Some("Acme")));
}
