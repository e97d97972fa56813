//! Fault points: tests make the n-th step of the store fail, for every n, and look at what is left behind.

#[cfg(any(test, feature = "testing"))]
mod imp {
    use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

    use super::super::StoreError;

    /// Lets a given number of steps pass and fails the one after. A step is the start of a session, a statement,
    /// or a commit.
    #[derive(Debug)]
    pub struct Faults {
        /// How many more steps pass; negative if all do.
        left: AtomicI64,
        changed_rows: AtomicU64,
    }

    impl Default for Faults {
        fn default() -> Self {
            Self {
                left: AtomicI64::new(-1),
                changed_rows: AtomicU64::new(0),
            }
        }
    }

    impl Faults {
        /// Fails once, after `steps` more steps.
        pub fn fail_after(&self, steps: u32) {
            self.left.store(i64::from(steps), Ordering::SeqCst);
        }

        /// Fails no more, and says whether the failure that was asked for has happened.
        pub fn clear(&self) -> bool {
            self.left.swap(-1, Ordering::SeqCst) < 0
        }

        /// Statements changed so many rows more.
        pub(in super::super) fn note(&self, rows: u64) {
            self.changed_rows.fetch_add(rows, Ordering::SeqCst);
        }

        /// How many rows were changed by now.
        #[cfg(test)]
        pub(in super::super) fn changed_rows(&self) -> u64 {
            self.changed_rows.load(Ordering::SeqCst)
        }

        pub(in super::super) fn pass(&self) -> Result<(), StoreError> {
            let before = self
                .left
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                    (left >= 0).then(|| left - 1)
                });
            if before == Ok(0) {
                Err(StoreError::Injected)
            } else {
                Ok(())
            }
        }
    }
}

#[cfg(not(any(test, feature = "testing")))]
mod imp {
    use super::super::StoreError;

    /// Outside of tests nothing is made to fail.
    #[derive(Debug, Default)]
    pub(in super::super) struct Faults;

    impl Faults {
        #[expect(
            clippy::unused_self,
            clippy::unnecessary_wraps,
            reason = "the same face as the one of the tests"
        )]
        pub(in super::super) fn pass(&self) -> Result<(), StoreError> {
            Ok(())
        }

        #[expect(clippy::unused_self, reason = "the same face as the one of the tests")]
        pub(in super::super) fn note(&self, _: u64) {}
    }
}

#[cfg(any(test, feature = "testing"))]
pub use imp::Faults;
#[cfg(not(any(test, feature = "testing")))]
pub(super) use imp::Faults;
