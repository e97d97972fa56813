//! Who wants to know that something has changed. The news is only that it has: the store is the truth, and whoever
//! is told looks again.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};

use countersign_protocol::{identity::Identity, sid::ServiceSid};
use tokio::sync::{Notify, watch};

/// Whose factors and challenges.
type Whose = (ServiceSid, Identity);

/// Changes to the factors and challenges of entities, told after they are permanent.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes(Arc<Told>);

#[derive(Debug, Default)]
struct Told {
    watched: Mutex<HashMap<Whose, watch::Sender<()>>>,
    /// For the one who carries deliveries.
    any: Notify,
}

/// Hears of every change to one entity's factors and challenges since it was made.
#[derive(Debug)]
pub struct Watch {
    changes: Changes,
    whose: Whose,
    news: watch::Receiver<()>,
}

impl Changes {
    pub(super) fn watch(&self, service: ServiceSid, identity: Identity) -> Watch {
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
        if let Some(news) = self.watched().get(&(service.clone(), identity.clone())) {
            news.send_replace(());
        }
        self.tell_courier();
    }

    /// Something may be due to be delivered that was not before.
    pub(super) fn tell_courier(&self) {
        self.0.any.notify_one();
    }

    /// Returns when anything has changed since this was last asked. Only one may ask.
    pub(super) async fn news(&self) {
        self.0.any.notified().await;
    }

    /// All entities of a service are gone.
    pub(super) fn tell_all_of(&self, service: &ServiceSid) {
        for ((of, _), news) in &*self.watched() {
            if of == service {
                news.send_replace(());
            }
        }
    }

    fn watched(&self) -> MutexGuard<'_, HashMap<Whose, watch::Sender<()>>> {
        // Nothing is left half done under this lock, so that a panic of another holder does not matter.
        self.0
            .watched
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
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

    fn whose(service: u8, identity: &str) -> Whose {
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
            changes.watch(acme.clone(), one.clone()),
            changes.watch(acme.clone(), two.clone()),
            changes.watch(other, one.clone()),
        ];
        changes.tell(&acme, &one);
        for (watch, concerned) in watches.iter_mut().zip([true, false, false]) {
            assert_eq!(heard(watch).await, concerned);
            assert!(!heard(watch).await);
        }
        changes.tell_all_of(&acme);
        for (watch, concerned) in watches.iter_mut().zip([true, true, false]) {
            assert_eq!(heard(watch).await, concerned);
        }
    }

    #[tokio::test]
    async fn nothing_is_kept_of_those_who_left() {
        let changes = Changes::default();
        let (service, identity) = whose(1, "user-0001");
        let first = changes.watch(service.clone(), identity.clone());
        let mut second = changes.watch(service.clone(), identity.clone());
        drop(first);
        changes.tell(&service, &identity);
        assert!(heard(&mut second).await);
        drop(second);
        assert!(changes.watched().is_empty());
    }
}
