use super::*;
use crate::faulty::{Fault, Faults, FaultyKeychain};
use crate::memory::MemoryKeychain;

/// Long enough that a loaded machine does not trip over it; only calls that are meant to hang wait for `SHORT`.
const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(20);

fn start(limit: Duration) -> (KeychainThread, MemoryKeychain, Faults) {
    let (memory, faults) = (MemoryKeychain::new(), Faults::none());
    let keychain = FaultyKeychain::new(memory.clone(), &faults);
    (KeychainThread::start(Box::new(keychain), limit), memory, faults)
}

#[tokio::test]
async fn a_keychain_does_the_same_on_its_own_thread() {
    let (keychain, memory, _) = start(LONG);
    let id = KeyId::make();
    let public_key = keychain.create(&id).await.unwrap();
    assert_eq!(keychain.public_key(&id).await.unwrap(), public_key);
    let signature = keychain.sign(&id, b"approve").await.unwrap();
    assert!(public_key.verify(b"approve", &signature));
    assert!(matches!(
        keychain.create(&id).await,
        Err(KeychainError::AlreadyExists)
    ));
    keychain.delete(&id).await.unwrap();
    assert_eq!(memory.ids(), []);
    assert_eq!(keychain.location(), KeyLocation::Memory);
}

#[tokio::test]
async fn a_hung_call_times_out_and_the_keychain_works_again_afterwards() {
    let (keychain, _, faults) = start(SHORT);
    faults.plan(0, Fault::Hangs);
    let id = KeyId::make();
    assert!(matches!(
        keychain.sign(&id, b"").await,
        Err(KeychainError::TimedOut)
    ));
    faults.release();
    let patient = KeychainThread {
        limit: LONG,
        ..keychain
    };
    assert!(matches!(
        patient.sign(&id, b"").await,
        Err(KeychainError::Lost { .. })
    ));
}

#[tokio::test]
async fn a_key_that_came_too_late_is_deleted_again() {
    let (keychain, memory, faults) = start(SHORT);
    faults.plan(0, Fault::Hangs);
    let id = KeyId::make();
    assert!(matches!(keychain.create(&id).await, Err(KeychainError::TimedOut)));
    faults.release();
    let patient = KeychainThread {
        limit: LONG,
        ..keychain
    };
    assert!(matches!(
        patient.public_key(&id).await,
        Err(KeychainError::Lost { .. })
    ));
    assert_eq!(memory.ids(), []);
    assert_eq!(faults.calls(), 3, "create, the delete that undid it, public_key");
}

#[tokio::test]
async fn a_call_that_was_given_up_in_the_queue_is_never_carried_out() {
    let (keychain, memory, faults) = start(SHORT);
    faults.plan(0, Fault::Hangs);
    let id = KeyId::make();
    let _ = keychain.sign(&id, b"").await;
    assert!(matches!(keychain.create(&id).await, Err(KeychainError::TimedOut)));
    faults.release();
    let patient = KeychainThread {
        limit: LONG,
        ..keychain
    };
    assert!(matches!(
        patient.public_key(&id).await,
        Err(KeychainError::Lost { .. })
    ));
    assert_eq!(memory.ids(), []);
    assert_eq!(faults.calls(), 2, "the one that hung, public_key");
}

#[tokio::test]
async fn a_queue_behind_a_hung_keychain_is_bounded() {
    let (keychain, _, faults) = start(LONG);
    faults.plan(0, Fault::Hangs);
    let first = keychain.clone();
    let hung = tokio::spawn(async move { first.try_out().await });
    let until_hanging = faults.clone();
    tokio::task::spawn_blocking(move || until_hanging.wait_until_hanging())
        .await
        .unwrap();
    let mut waiting = tokio::task::JoinSet::new();
    for _ in 0..QUEUE + 1 {
        let keychain = keychain.clone();
        waiting.spawn(async move { keychain.public_key(&KeyId::make()).await });
    }
    let refused = waiting.join_next().await.unwrap().unwrap();
    assert!(matches!(refused, Err(KeychainError::TimedOut)));
    faults.release();
    hung.await.unwrap().unwrap();
    while let Some(answer) = waiting.join_next().await {
        assert!(matches!(answer.unwrap(), Err(KeychainError::Lost { .. })));
    }
}

#[tokio::test]
async fn dropping_it_does_not_wait_for_a_hung_call() {
    let (keychain, _, faults) = start(SHORT);
    faults.plan(0, Fault::Hangs);
    assert!(matches!(
        keychain.sign(&KeyId::make(), b"").await,
        Err(KeychainError::TimedOut)
    ));
    // The call hangs for good: a drop that joined the thread would never return.
    drop(keychain);
}

#[tokio::test]
async fn a_keychain_that_panics_fails_and_can_be_used_again() {
    struct Panics;
    impl Keychain for Panics {
        fn location(&self) -> KeyLocation {
            KeyLocation::Memory
        }
        fn create(&self, _: &KeyId) -> Result<PublicKey, KeychainError> {
            panic!("a fault in a library")
        }
        fn public_key(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
            Err(KeychainError::Lost { id: id.clone() })
        }
        fn sign(&self, _: &KeyId, _: &[u8]) -> Result<Signature, KeychainError> {
            Err(KeychainError::Locked)
        }
        fn delete(&self, _: &KeyId) -> Result<(), KeychainError> {
            Ok(())
        }
    }
    let keychain = KeychainThread::start(Box::new(Panics), LONG);
    let id = KeyId::make();
    assert!(matches!(
        keychain.create(&id).await,
        Err(KeychainError::Failed(_))
    ));
    assert!(matches!(
        keychain.public_key(&id).await,
        Err(KeychainError::Lost { .. })
    ));
}

#[tokio::test]
async fn trying_out_leaves_no_key_and_says_what_is_wrong() {
    let (keychain, memory, faults) = start(LONG);
    keychain.try_out().await.unwrap();
    assert_eq!(memory.ids(), []);
    // A try that died half-way left its key.
    memory.create(&KeyId::from_bytes([0; 16])).unwrap();
    keychain.try_out().await.unwrap();
    assert_eq!(memory.ids(), []);
    for call in 0..3 {
        faults.plan(call, Fault::Locked);
        assert!(matches!(keychain.try_out().await, Err(KeychainError::Locked)));
        faults.clear();
    }
    keychain.try_out().await.unwrap();
    assert_eq!(memory.ids(), []);
    faults.plan(0, Fault::Missing);
    assert!(matches!(keychain.try_out().await, Err(KeychainError::Missing)));
}

#[tokio::test]
async fn a_keychain_that_hangs_can_be_replaced_by_one_that_does_not() {
    let (keychain, _, faults) = start(SHORT);
    faults.plan(0, Fault::Hangs);
    let _ = keychain.sign(&KeyId::make(), b"").await;
    let patient = KeychainThread {
        limit: LONG,
        ..keychain
    };
    let other = MemoryKeychain::new();
    patient.clone().replace(Box::new(other.clone()));
    let id = KeyId::make();
    patient.create(&id).await.unwrap();
    assert_eq!(other.ids(), [id]);
    faults.release();
}
