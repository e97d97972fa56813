//! A keychain that fails or hangs at a chosen call, for tests of what stands on top of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use countersign_protocol::keys::{PublicKey, Signature};

use crate::{KeyId, KeyLocation, Keychain, KeychainError};

/// What goes wrong at a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The call fails, and nothing has happened.
    Fails,
    /// The call is carried out, and its answer is lost: the caller sees a failure.
    AnswerLost,
    /// The keychain says that it is locked, and nothing has happened.
    Locked,
    /// There is no keychain any more.
    Missing,
    /// The call does not return until [`Faults::release`], and is carried out then, as behind a password prompt
    /// that somebody answers late.
    Hangs,
}

/// A keychain around another one, with faults that a test plans through the [`Faults`] it keeps.
pub struct FaultyKeychain {
    inner: Box<dyn Keychain>,
    faults: Faults,
}

/// The plan of what goes wrong when, and the count of calls. Clones share both.
#[derive(Clone, Default)]
pub struct Faults {
    plan: Arc<(Mutex<Plan>, Condvar)>,
}

#[derive(Default)]
struct Plan {
    calls: usize,
    faults: BTreeMap<usize, Fault>,
    hanging: usize,
    released: bool,
}

impl FaultyKeychain {
    /// Wraps `inner`. Without a plan in `faults` every call passes through.
    pub fn new(inner: impl Keychain + 'static, faults: &Faults) -> Self {
        Self {
            inner: Box::new(inner),
            faults: faults.clone(),
        }
    }

    fn call<T>(
        &self,
        act: impl FnOnce(&dyn Keychain) -> Result<T, KeychainError>,
    ) -> Result<T, KeychainError> {
        match self.faults.next_call() {
            None => act(self.inner.as_ref()),
            Some(Fault::Fails) => Err(planned()),
            Some(Fault::AnswerLost) => act(self.inner.as_ref()).and_then(|_| Err(planned())),
            Some(Fault::Locked) => Err(KeychainError::Locked),
            Some(Fault::Missing) => Err(KeychainError::Missing),
            Some(Fault::Hangs) => {
                self.faults.wait_for_release();
                act(self.inner.as_ref())
            }
        }
    }
}

impl Faults {
    /// No faults yet.
    pub fn none() -> Self {
        Self::default()
    }

    /// Plans `fault` for the `n`-th call from now on; the next call is number 0.
    pub fn plan(&self, n: usize, fault: Fault) {
        let mut plan = self.lock();
        let call = plan.calls + n;
        plan.faults.insert(call, fault);
    }

    /// Forgets what was planned.
    pub fn clear(&self) {
        self.lock().faults.clear();
    }

    /// How many calls there have been, failed ones included.
    pub fn calls(&self) -> usize {
        self.lock().calls
    }

    /// Blocks until a call hangs, so that a test can act while it does.
    pub fn wait_until_hanging(&self) {
        let (_, changed) = &*self.plan;
        let guard = changed.wait_while(self.lock(), |plan| plan.hanging == 0);
        drop(guard.unwrap_or_else(PoisonError::into_inner));
    }

    /// Lets every hanging call go on, now and later.
    pub fn release(&self) {
        self.lock().released = true;
        self.plan.1.notify_all();
    }

    fn next_call(&self) -> Option<Fault> {
        let mut plan = self.lock();
        let call = plan.calls;
        plan.calls += 1;
        plan.faults.remove(&call)
    }

    fn wait_for_release(&self) {
        let (_, changed) = &*self.plan;
        let mut plan = self.lock();
        plan.hanging += 1;
        changed.notify_all();
        let guard = changed.wait_while(plan, |plan| !plan.released);
        guard.unwrap_or_else(PoisonError::into_inner).hanging -= 1;
    }

    fn lock(&self) -> MutexGuard<'_, Plan> {
        self.plan.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keychain for FaultyKeychain {
    fn location(&self) -> KeyLocation {
        self.inner.location()
    }

    fn create(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
        self.call(|keychain| keychain.create(id))
    }

    fn public_key(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
        self.call(|keychain| keychain.public_key(id))
    }

    fn sign(&self, id: &KeyId, message: &[u8]) -> Result<Signature, KeychainError> {
        self.call(|keychain| keychain.sign(id, message))
    }

    fn delete(&self, id: &KeyId) -> Result<(), KeychainError> {
        self.call(|keychain| keychain.delete(id))
    }
}

fn planned() -> KeychainError {
    KeychainError::Failed("this call was planned to fail".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::MemoryKeychain;

    #[test]
    fn without_a_plan_every_rule_of_a_keychain_holds() {
        let memory = MemoryKeychain::new();
        let faults = Faults::none();
        crate::conformance::check(&|| Box::new(FaultyKeychain::new(memory.clone(), &faults)));
        assert!(faults.calls() > 0);
    }

    #[test]
    fn only_the_planned_call_fails_and_it_leaves_nothing() {
        let (memory, faults, id) = (MemoryKeychain::new(), Faults::none(), KeyId::make());
        let keychain = FaultyKeychain::new(memory.clone(), &faults);
        faults.plan(1, Fault::Fails);
        assert!(matches!(
            keychain.public_key(&id),
            Err(KeychainError::Lost { .. })
        ));
        assert!(matches!(keychain.create(&id), Err(KeychainError::Failed(_))));
        assert_eq!(memory.ids(), []);
        assert!(keychain.create(&id).is_ok());
        assert_eq!(faults.calls(), 3);
    }

    #[test]
    fn a_call_whose_answer_is_lost_was_carried_out() {
        let (memory, faults, id) = (MemoryKeychain::new(), Faults::none(), KeyId::make());
        faults.plan(0, Fault::AnswerLost);
        let keychain = FaultyKeychain::new(memory.clone(), &faults);
        assert!(matches!(keychain.create(&id), Err(KeychainError::Failed(_))));
        assert_eq!(memory.ids(), [id]);
    }
}
