//! How long something takes, done many times by one or by several at once.

use std::time::{Duration, Instant};

use anyhow::Result;
use futures_util::future::try_join_all;

use crate::machine::Usage;

/// How long each time took, in rising order, and all of them together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Run {
    each: Vec<Duration>,
    whole: Duration,
    /// How many cores others used meanwhile.
    pub(crate) strangers: f64,
}

impl Run {
    /// From durations that were taken otherwise.
    pub(crate) fn of(mut each: Vec<Duration>, whole: Duration, strangers: f64) -> Self {
        each.sort_unstable();
        Self {
            each,
            whole,
            strangers,
        }
    }

    /// The time, in milliseconds, that this part of all took at most.
    pub(crate) fn quantile(&self, part: f64) -> f64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "the index of a part between 0 and 1 lies in the list"
        )]
        let index = ((self.each.len() as f64 - 1.0) * part).round() as usize;
        self.each.get(index).map_or(f64::NAN, |time| milliseconds(*time))
    }

    pub(crate) fn p50(&self) -> f64 {
        self.quantile(0.5)
    }

    pub(crate) fn p99(&self) -> f64 {
        self.quantile(0.99)
    }

    pub(crate) fn per_second(&self) -> f64 {
        self.count() / self.whole.as_secs_f64()
    }

    #[expect(clippy::cast_precision_loss, reason = "nothing is done that often")]
    pub(crate) fn count(&self) -> f64 {
        self.each.len() as f64
    }

    /// This and another run of the same.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let each = [&*self.each, &*other.each].concat();
        let strangers = f64::midpoint(self.strangers, other.strangers);
        Self::of(each, self.whole + other.whole, strangers)
    }
}

/// A duration in the unit of all figures here.
pub(crate) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Lets each worker do its work this often, all of them at once. The work says how long it took; what it does
/// besides does not count. A tenth of all is done before, so that nothing is measured that happens once.
pub(crate) async fn measure<W>(
    workers: &mut [W],
    rounds: usize,
    work: impl AsyncFn(&mut W) -> Result<Duration>,
) -> Result<Run> {
    repeat(workers, rounds.div_ceil(10), &work).await?;
    let before = Usage::now()?;
    let started = Instant::now();
    let each = repeat(workers, rounds, &work).await?;
    let whole = started.elapsed();
    Ok(Run::of(each, whole, before.strangers_until(&Usage::now()?)))
}

async fn repeat<W>(
    workers: &mut [W],
    rounds: usize,
    work: &impl AsyncFn(&mut W) -> Result<Duration>,
) -> Result<Vec<Duration>> {
    let each = workers.iter_mut().map(async |worker| {
        let mut each = Vec::with_capacity(rounds);
        for _ in 0..rounds {
            each.push(work(worker).await?);
        }
        anyhow::Ok(each)
    });
    Ok(try_join_all(each).await?.concat())
}

/// How long this takes.
pub(crate) async fn timed<T>(work: impl Future<Output = Result<T>>) -> Result<Duration> {
    let started = Instant::now();
    work.await?;
    Ok(started.elapsed())
}
