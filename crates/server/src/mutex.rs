//! Locks that a panic does not close.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is in a mutex under which nothing is ever left half done, so that a panic of another holder does not matter.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
