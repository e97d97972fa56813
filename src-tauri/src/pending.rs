//! Something on its way to the page.

use std::sync::{Mutex, PoisonError};

/// The newest of its kind that the page has not taken yet. One is enough: a person looks at one at a time, and who
/// opens a second means that one.
///
/// The page takes it; an event only says that there is one. So it is neither lost when it comes before the page
/// listens, as at a cold start, nor shown twice.
pub(crate) struct Pending<T>(Mutex<Option<T>>);

impl<T> Pending<T> {
    /// Begins with what the program was started with.
    pub(crate) fn starting_with(first: Option<T>) -> Self {
        Self(Mutex::new(first))
    }

    /// What there is, once.
    pub(crate) fn take(&self) -> Option<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// The page has not taken what came before? Then nobody wants it any more.
    pub(crate) fn put(&self, newest: T) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(newest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pending_is_taken_once_and_the_newest_wins() {
        let pending = Pending::starting_with(Some("one"));
        pending.put("two");
        assert_eq!(pending.take(), Some("two"));
        assert_eq!(pending.take(), None);
    }
}
