//! Who wants to know that something has changed. The news is only that it has: the store is the truth, and whoever
//! is told looks again.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard},
};

use countersign_protocol::{identity::Identity, sid::ServiceSid};
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, watch};

use crate::mutex::lock;

/// Whose factors and challenges: those of one identity, or all of the service and its deliveries.
type Whose = (ServiceSid, Option<Identity>);

/// What has changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum News {
    /// Factors or challenges of one entity.
    Entity(ServiceSid, Identity),
    /// All entities of a service: they are gone.
    Service(ServiceSid),
}

/// Changes to the factors and challenges of entities, told after they are permanent.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes(Arc<Told>);

#[derive(Debug, Default)]
struct Told {
    watched: Mutex<HashMap<Whose, watch::Sender<()>>>,
    /// For the one who carries deliveries.
    any: Notify,
    /// What other programs on the same database are still to be told, if there can be any.
    outbox: Option<Mutex<BTreeSet<News>>>,
    /// For the one who tells them.
    posted: Notify,
}

/// Hears of every change to factors and challenges, of one entity or of all that a service has, since it was made.
#[derive(Debug)]
pub struct Watch {
    changes: Changes,
    whose: Whose,
    news: watch::Receiver<()>,
}

impl Changes {
    /// Changes that other programs on the same database want to hear of as well.
    pub(super) fn shared() -> Self {
        Self(Arc::new(Told {
            outbox: Some(Mutex::default()),
            ..Told::default()
        }))
    }

    pub(super) fn watch(&self, service: ServiceSid, identity: Option<Identity>) -> Watch {
        let whose = (service, identity);
        let news = self.watched().entry(whose.clone()).or_default().subscribe();
        Watch {
            changes: self.clone(),
            whose,
            news,
        }
    }

    /// Something of this entity has changed.
    pub(super) fn tell(&self, service: &ServiceSid, identity: &Identity) {
        self.tell_of(News::Entity(service.clone(), identity.clone()));
        self.tell_courier();
    }

    /// All entities of a service are gone.
    pub(super) fn tell_all_of(&self, service: &ServiceSid) {
        self.tell_of(News::Service(service.clone()));
    }

    fn tell_of(&self, news: News) {
        self.hear(&news);
        if let Some(outbox) = &self.0.outbox {
            lock(outbox).insert(news);
            self.0.posted.notify_one();
        }
    }

    /// Something has changed, here or at another program on the same database.
    pub(super) fn hear(&self, news: &News) {
        let watched = self.watched();
        match news {
            News::Entity(service, identity) => {
                for of in [Some(identity.clone()), None] {
                    if let Some(told) = watched.get(&(service.clone(), of)) {
                        told.send_replace(());
                    }
                }
            }
            News::Service(service) => {
                for ((of, _), told) in &*watched {
                    if of == service {
                        told.send_replace(());
                    }
                }
            }
        }
    }

    /// What came of an attempt to deliver is written down. Told in this program alone: those who wait elsewhere look
    /// again before long.
    pub(super) fn tell_of_delivery(&self, service: &ServiceSid) {
        if let Some(told) = self.watched().get(&(service.clone(), None)) {
            told.send_replace(());
        }
    }

    /// Anything may have changed.
    pub(super) fn tell_everyone(&self) {
        for told in self.watched().values() {
            told.send_replace(());
        }
        self.tell_courier();
    }

    /// Takes some of what other programs are still to be told, `at_most` so many, when there is anything.
    pub(super) async fn take_posted(&self, at_most: usize) -> Vec<News> {
        loop {
            if let Some(outbox) = &self.0.outbox {
                let mut outbox = lock(outbox);
                let taken: Vec<News> = std::iter::from_fn(|| outbox.pop_first()).take(at_most).collect();
                if !taken.is_empty() {
                    return taken;
                }
            }
            self.0.posted.notified().await;
        }
    }

    /// Something may be due to be delivered that was not before.
    pub(super) fn tell_courier(&self) {
        self.0.any.notify_one();
    }

    /// Returns when anything has changed since this was last asked. Only one may ask.
    pub(super) async fn news(&self) {
        self.0.any.notified().await;
    }

    fn watched(&self) -> MutexGuard<'_, HashMap<Whose, watch::Sender<()>>> {
        lock(&self.0.watched)
    }
}

impl Watch {
    /// Returns at the first change since this was last asked, or since the watch was made.
    pub async fn changed(&mut self) {
        // The sender lives as long as this watch is in the map, which is until it is dropped.
        let _ = self.news.changed().await;
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let mut watched = self.changes.watched();
        if watched
            .get(&self.whose)
            .is_some_and(|news| news.receiver_count() <= 1)
        {
            watched.remove(&self.whose);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whose(service: u8, identity: &str) -> (ServiceSid, Identity) {
        (ServiceSid::from_random([service; 16]), identity.parse().unwrap())
    }

    async fn heard(watch: &mut Watch) -> bool {
        tokio::select! {
            biased;
            () = watch.changed() => true,
            () = std::future::ready(()) => false,
        }
    }

    #[tokio::test]
    async fn a_change_is_heard_by_those_it_concerns_and_only_once() {
        let changes = Changes::default();
        let ((acme, one), (other, two)) = (whose(1, "user-0001"), whose(2, "user-0002"));
        let mut watches = [
            changes.watch(acme.clone(), Some(one.clone())),
            changes.watch(acme.clone(), Some(two.clone())),
            changes.watch(acme.clone(), None),
            changes.watch(other.clone(), Some(one.clone())),
            changes.watch(other, None),
        ];
        changes.tell(&acme, &one);
        for (watch, concerned) in watches.iter_mut().zip([true, false, true, false, false]) {
            assert_eq!(heard(watch).await, concerned);
            assert!(!heard(watch).await);
        }
        changes.tell_all_of(&acme);
        for (watch, concerned) in watches.iter_mut().zip([true, true, true, false, false]) {
            assert_eq!(heard(watch).await, concerned);
        }
    }

    #[tokio::test]
    async fn nothing_is_kept_of_those_who_left() {
        let changes = Changes::default();
        let (service, identity) = whose(1, "user-0001");
        let first = changes.watch(service.clone(), Some(identity.clone()));
        let mut second = changes.watch(service.clone(), Some(identity.clone()));
        drop(first);
        changes.tell(&service, &identity);
        assert!(heard(&mut second).await);
        drop(second);
        assert!(changes.watched().is_empty());
    }
}
