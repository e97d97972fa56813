//! Entities: the people of a service.

use countersign_protocol::{
    identity::Identity,
    sid::{AccountSid, EntitySid, ServiceSid},
};
use jiff::Timestamp;

use super::{
    Lock, Page, Position, Store, StoreError, date, events,
    page::{Window, by_number},
    session::{Row, Session, Write, sql},
    typed,
};
use crate::random;

/// One person, as the issuer knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Its identifier.
    pub sid: EntitySid,
    /// The account of its service.
    pub account_sid: AccountSid,
    /// Its service.
    pub service_sid: ServiceSid,
    /// The issuer's name for it.
    pub identity: Identity,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Why an entity was not made.
#[derive(Debug, thiserror::Error)]
pub enum CreateEntityError {
    /// The service has one with this identity.
    #[error("the entity exists")]
    Exists,
    /// The account has no such service.
    #[error("there is no such service")]
    NoService,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Makes an entity.
    ///
    /// # Errors
    /// [`CreateEntityError`].
    pub async fn create_entity(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        identity: &Identity,
        now: Timestamp,
    ) -> Result<Entity, CreateEntityError> {
        let mut write = self.write(Lock::Entity(service, identity)).await?;
        if !super::services::exists(&mut write, account, service).await? {
            return Err(CreateEntityError::NoService);
        }
        if find(&mut write, account, service, identity).await?.is_some() {
            return Err(CreateEntityError::Exists);
        }
        let entity = insert(&mut write, account, service, identity, now).await?;
        write.commit().await?;
        Ok(entity)
    }

    /// One entity, if this account's service has it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_entity(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        identity: &Identity,
    ) -> Result<Option<Entity>, StoreError> {
        find(&mut self.read().await?, account, service, identity).await
    }

    /// A page of a service's entities, oldest first; `None` if the account has no such service.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list_entities(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        position: Position,
        size: u32,
    ) -> Result<Option<Page<Entity>>, StoreError> {
        let mut read = self.read().await?;
        if !super::services::exists(&mut read, account, service).await? {
            return Ok(None);
        }
        let window = Window::new(position, size, false);
        let select = window.select(by_number!(
            "SELECT e.*, s.account_sid FROM entities e JOIN services s ON s.sid = e.service_sid
             WHERE e.id > $1 AND e.id < $2 AND e.service_sid = $4 ORDER BY e.id"
        ));
        let rows = read.all(select.bind(service.to_string())).await?;
        window.page(&rows, from_row).map(Some)
    }

    /// Deletes an entity with its factors, challenges and unused access tokens. Says whether there was one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete_entity(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        identity: &Identity,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut write = self.write(Lock::Entity(service, identity)).await?;
        let Some(entity) = find(&mut write, account, service, identity).await? else {
            return Ok(false);
        };
        events::record_deletions(&mut write, &entity.sid, now).await?;
        write
            .execute(sql("DELETE FROM entities WHERE sid = $1").bind(entity.sid.to_string()))
            .await?;
        // A token that is still out would bring the entity back.
        let tokens = sql("DELETE FROM access_tokens WHERE service_sid = $1 AND identity = $2");
        write
            .execute(tokens.bind(service.to_string()).bind(identity.to_string()))
            .await?;
        write.commit().await?;
        self.changes.tell(service, identity);
        Ok(true)
    }
}

pub(super) async fn find(
    session: &mut Session,
    account: &AccountSid,
    service: &ServiceSid,
    identity: &Identity,
) -> Result<Option<Entity>, StoreError> {
    let select = sql(
        "SELECT e.*, s.account_sid FROM entities e JOIN services s ON s.sid = e.service_sid
         WHERE s.account_sid = $1 AND e.service_sid = $2 AND e.identity = $3",
    );
    let select = select
        .bind(account.to_string())
        .bind(service.to_string())
        .bind(identity.to_string());
    session.optional(select).await?.as_ref().map(from_row).transpose()
}

pub(super) async fn insert(
    write: &mut Write,
    account: &AccountSid,
    service: &ServiceSid,
    identity: &Identity,
    now: Timestamp,
) -> Result<Entity, StoreError> {
    let entity = Entity {
        sid: EntitySid::from_random(random::make_bytes()),
        account_sid: account.clone(),
        service_sid: service.clone(),
        identity: identity.clone(),
        created_at: now,
        updated_at: now,
    };
    let insert = sql(
        "INSERT INTO entities (sid, service_sid, identity, created_at, updated_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(entity.sid.to_string())
    .bind(service.to_string())
    .bind(identity.to_string())
    .bind(now.as_second())
    .bind(now.as_second());
    write.execute(insert).await?;
    Ok(entity)
}

fn from_row(row: &Row) -> Result<Entity, StoreError> {
    Ok(Entity {
        sid: typed(row, "sid")?,
        account_sid: typed(row, "account_sid")?,
        service_sid: typed(row, "service_sid")?,
        identity: typed(row, "identity")?,
        created_at: date(row, "created_at")?,
        updated_at: date(row, "updated_at")?,
    })
}
