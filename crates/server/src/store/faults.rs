//! Fault points: tests make the n-th step of the store fail, for every n, and look at what is left behind.

#[cfg(any(test, feature = "testing"))]
mod imp {
    use std::{
        collections::BTreeMap,
        sync::{
            Mutex,
            atomic::{AtomicI64, AtomicU64, Ordering},
        },
    };

    use super::super::StoreError;

    /// Lets a given number of steps pass and fails the one after. A step is the start of a session, a statement,
    /// or a commit.
    #[derive(Debug)]
    pub struct Faults {
        /// How many more steps pass; negative if all do.
        left: AtomicI64,
        changed_rows: AtomicU64,
        /// How often each statement was run.
        statements: Mutex<BTreeMap<&'static str, u64>>,
    }

    impl Default for Faults {
        fn default() -> Self {
            Self {
                left: AtomicI64::new(-1),
                changed_rows: AtomicU64::new(0),
                statements: Mutex::default(),
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

        /// All statements that were run, and how often.
        #[cfg(test)]
        pub(crate) fn statements(&self) -> BTreeMap<&'static str, u64> {
            self.statements.lock().expect("no test fails in here").clone()
        }

        /// A statement is about to be run.
        pub(in super::super) fn pass_statement(&self, sql: &'static str) -> Result<(), StoreError> {
            *self
                .statements
                .lock()
                .expect("no test fails in here")
                .entry(sql)
                .or_default() += 1;
            self.pass()
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

        pub(in super::super) fn pass_statement(&self, _: &'static str) -> Result<(), StoreError> {
            self.pass()
        }

        #[expect(clippy::unused_self, reason = "the same face as the one of the tests")]
        pub(in super::super) fn note(&self, _: u64) {}
    }
}

#[cfg(any(test, feature = "testing"))]
pub use imp::Faults;
#[cfg(not(any(test, feature = "testing")))]
pub(super) use imp::Faults;
