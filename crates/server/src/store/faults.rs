//! Fault points: tests make the n-th step of the store fail, for every n, and look at what is left behind.

#[cfg(any(test, feature = "testing"))]
mod imp {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::super::StoreError;

    /// Lets a given number of steps pass and fails the one after. A step is the start of a session, a statement,
    /// or a commit.
    #[derive(Debug)]
    pub struct Faults(AtomicI64);

    impl Default for Faults {
        fn default() -> Self {
            Self(AtomicI64::new(-1))
        }
    }

    impl Faults {
        /// Fails once, after `steps` more steps.
        pub fn fail_after(&self, steps: u32) {
            self.0.store(i64::from(steps), Ordering::SeqCst);
        }

        /// Fails no more, and says whether the failure that was asked for has happened.
        pub fn clear(&self) -> bool {
            self.0.swap(-1, Ordering::SeqCst) < 0
        }

        pub(in super::super) fn pass(&self) -> Result<(), StoreError> {
            let before = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
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
    }
}

#[cfg(any(test, feature = "testing"))]
pub use imp::Faults;
#[cfg(not(any(test, feature = "testing")))]
pub(super) use imp::Faults;
