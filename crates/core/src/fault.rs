//! Fault points: in tests, the n-th call to the store, the keychain or the network fails. In the product this is
//! nothing at all.

/// Passed before every call that leaves the program's memory.
#[cfg(not(test))]
#[derive(Debug, Clone)]
pub(crate) struct Faults;

#[cfg(not(test))]
impl Faults {
    /// No call fails.
    pub(crate) fn none() -> Self {
        Self
    }

    /// Whether the call at this point is to fail.
    #[expect(clippy::unused_self, reason = "the tests' version counts")]
    pub(crate) fn strike(&self) -> bool {
        false
    }
}

#[cfg(test)]
pub(crate) use tests::Faults;

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    /// Counts calls and fails those it was told to.
    #[derive(Debug, Clone, Default)]
    pub(crate) struct Faults(Arc<Mutex<Plan>>);

    #[derive(Debug, Default)]
    struct Plan {
        passed: usize,
        fail_at: Option<usize>,
        and_all_after: bool,
        struck: bool,
    }

    impl Faults {
        /// No call fails, until something else is planned.
        pub(crate) fn none() -> Self {
            Self::default()
        }

        /// The n-th call from now, counted from 0, fails, and no other.
        pub(crate) fn fail_once(&self, n: usize) {
            self.plan(n, false);
        }

        /// The n-th call from now and all after it fail, as if the process had ended there.
        pub(crate) fn die_at(&self, n: usize) {
            self.plan(n, true);
        }

        /// No call fails any more. Returns whether one did.
        pub(crate) fn heal(&self) -> bool {
            std::mem::take(&mut *self.0.lock().unwrap()).struck
        }

        /// Whether the call at this point is to fail.
        pub(crate) fn strike(&self) -> bool {
            let mut plan = self.0.lock().unwrap();
            let at = plan.passed;
            plan.passed += 1;
            let fails = plan
                .fail_at
                .is_some_and(|n| at == n || (plan.and_all_after && at > n));
            plan.struck |= fails;
            fails
        }

        fn plan(&self, n: usize, and_all_after: bool) {
            *self.0.lock().unwrap() = Plan {
                fail_at: Some(n),
                and_all_after,
                ..Plan::default()
            };
        }
    }
}
