//! A double of what the system asks with: it asks nobody, and says what it is told to.

use std::sync::{Arc, Mutex};

use countersign_keychain::{PresenceError, PresencePrompt, UserPresence};

/// What the double says of whoever is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tests) enum Finds {
    /// It cannot ask.
    NoMeans,
    /// It says that it can ask, and cannot, as polkit without an agent.
    NoAgent,
    /// It is the right person.
    ThePerson,
    /// They cancelled, or it was somebody else.
    SomebodyElse,
    /// Nobody answered.
    Nobody,
    /// Asking failed.
    AFault,
}

impl Finds {
    pub(in crate::tests) const ALL: [Self; 6] = [
        Self::NoMeans,
        Self::NoAgent,
        Self::ThePerson,
        Self::SomebodyElse,
        Self::Nobody,
        Self::AFault,
    ];
}

/// The double. Clones are the same.
#[derive(Clone)]
pub(in crate::tests) struct PresenceDouble(Arc<Mutex<(Finds, Vec<String>)>>);

impl PresenceDouble {
    pub(in crate::tests) fn new() -> Self {
        Self(Arc::new(Mutex::new((Finds::NoMeans, Vec::new()))))
    }

    pub(in crate::tests) fn finds(&self, finds: Finds) {
        self.0.lock().unwrap().0 = finds;
    }

    /// What was asked since this was last called.
    pub(in crate::tests) fn take_asked(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap().1)
    }

    pub(in crate::tests) fn prompt(&self) -> PresencePrompt {
        PresencePrompt::new(Box::new(self.clone()), PresencePrompt::USUAL_LIMIT)
    }
}

impl UserPresence for PresenceDouble {
    fn is_available(&self) -> bool {
        self.0.lock().unwrap().0 != Finds::NoMeans
    }

    fn confirm(&self, reason: &str) -> Result<(), PresenceError> {
        let mut state = self.0.lock().unwrap();
        if !matches!(state.0, Finds::NoMeans | Finds::NoAgent) {
            state.1.push(reason.to_owned());
        }
        match state.0 {
            Finds::NoMeans | Finds::NoAgent => Err(PresenceError::Unavailable),
            Finds::ThePerson => Ok(()),
            Finds::SomebodyElse => Err(PresenceError::Declined),
            Finds::Nobody => Err(PresenceError::TimedOut),
            Finds::AFault => Err(PresenceError::Failed("said by the double".into())),
        }
    }
}
