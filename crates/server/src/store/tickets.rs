//! Tickets: one-time addresses, each of which hands out one access token (docs/protocol.md, E1).

use jiff::Timestamp;

use super::{
    Lock, Store, StoreError,
    access_tokens::{self, AccessToken},
    session::sql,
};

/// A ticket.
#[derive(Debug, Clone)]
pub struct Ticket {
    /// What it hands out.
    pub token: AccessToken,
    /// What the issuer calls itself.
    pub issuer: Option<String>,
    /// What the issuer calls the person's account.
    pub account: Option<String>,
    /// What has become of it.
    pub state: TicketState,
}

/// What has become of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketState {
    /// Nobody has opened it.
    Waiting,
    /// A device has what it needs to enrol.
    Opened,
    /// A device has enrolled.
    Enrolled,
}

impl Store {
    /// Saves a ticket for an access token that was just made.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn create_ticket(&self, secret_hash: &str, ticket: &Ticket) -> Result<(), StoreError> {
        let AccessToken {
            service_sid,
            identity,
            sid,
            ..
        } = &ticket.token;
        let mut write = self.write(Lock::Entity(service_sid, identity)).await?;
        let insert =
            sql("INSERT INTO tickets (secret_hash, token_sid, issuer, account) VALUES ($1, $2, $3, $4)")
                .bind(secret_hash.to_owned())
                .bind(sid.to_string())
                .bind(ticket.issuer.clone())
                .bind(ticket.account.clone());
        write.execute(insert).await?;
        write.commit().await
    }

    /// The ticket with this secret.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_ticket(&self, secret_hash: &str) -> Result<Option<Ticket>, StoreError> {
        let select = sql(
            "SELECT t.*, s.account_sid, k.issuer, k.account, k.opened_at FROM tickets k
             JOIN access_tokens t ON t.sid = k.token_sid JOIN services s ON s.sid = t.service_sid
             WHERE k.secret_hash = $1",
        );
        let row = self
            .read()
            .await?
            .optional(select.bind(secret_hash.to_owned()))
            .await?;
        let Some(row) = row else { return Ok(None) };
        let happened = |column| Ok::<_, StoreError>(row.get::<Option<i64>>(column)?.is_some());
        Ok(Some(Ticket {
            token: access_tokens::from_row(&row)?,
            issuer: row.get("issuer")?,
            account: row.get("account")?,
            state: match (happened("opened_at")?, happened("used_at")?) {
                (_, true) => TicketState::Enrolled,
                (true, false) => TicketState::Opened,
                (false, false) => TicketState::Waiting,
            },
        }))
    }

    /// Uses a ticket up, if it can still be used. This statement alone decides which of several devices has it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open_ticket(
        &self,
        secret_hash: &str,
        ticket: &Ticket,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let AccessToken {
            service_sid,
            identity,
            ..
        } = &ticket.token;
        let mut write = self.write(Lock::Entity(service_sid, identity)).await?;
        let update = sql(
            "UPDATE tickets SET opened_at = $1 WHERE secret_hash = $2 AND opened_at IS NULL AND EXISTS (
                 SELECT 1 FROM access_tokens t WHERE t.sid = token_sid AND t.used_at IS NULL AND t.expires_at > $1
             )",
        );
        let update = update.bind(now.as_second()).bind(secret_hash.to_owned());
        let opened = write.execute(update).await? == 1;
        write.commit().await?;
        self.changes.tell(service_sid, identity);
        Ok(opened)
    }
}
