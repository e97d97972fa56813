//! Keys without a factor: about to be made, or about to be deleted.

use countersign_keychain::{KeyId, KeyLocation};
use jiff::Timestamp;

use super::{Store, StoreError, parse, to_millis};

impl Store {
    /// Notes a key before it is made, so that a crash leaves a note and not an orphan.
    pub(crate) async fn note_key(
        &self,
        key: &KeyId,
        location: KeyLocation,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("INSERT INTO noted_keys (key_id, key_location, noted_at) VALUES (?, ?, ?)")
            .bind(key.as_str())
            .bind(location_name(location))
            .bind(to_millis(now))
            .execute(&mut *write.transaction)
            .await?;
        write.commit().await
    }

    /// Forgets a key that is deleted.
    pub(crate) async fn forget_key(&self, key: &KeyId) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("DELETE FROM noted_keys WHERE key_id = ?")
            .bind(key.as_str())
            .execute(&mut *write.transaction)
            .await?;
        write.commit().await
    }

    /// The noted keys of one place. A keychain calls a key that it never had deleted, so another's are left alone.
    pub(crate) async fn load_noted_keys(&self, location: KeyLocation) -> Result<Vec<KeyId>, StoreError> {
        sqlx::query_scalar::<_, String>(
            "SELECT key_id FROM noted_keys WHERE key_location = ? ORDER BY noted_at",
        )
        .bind(location_name(location))
        .fetch_all(self.read()?)
        .await?
        .iter()
        .map(|key| parse("a key's name", key))
        .collect()
    }
}

/// The place of a key, as it is stored.
pub(super) fn location_name(location: KeyLocation) -> &'static str {
    match location {
        KeyLocation::SecretService => "secret_service",
        KeyLocation::MacKeychain => "mac_keychain",
        KeyLocation::WindowsCredentialManager => "windows_credential_manager",
        KeyLocation::Vault => "vault",
        KeyLocation::Memory => "memory",
    }
}

pub(super) fn read_location(name: &str) -> Result<KeyLocation, StoreError> {
    Ok(match name {
        "secret_service" => KeyLocation::SecretService,
        "mac_keychain" => KeyLocation::MacKeychain,
        "windows_credential_manager" => KeyLocation::WindowsCredentialManager,
        "vault" => KeyLocation::Vault,
        "memory" => KeyLocation::Memory,
        _ => {
            return Err(StoreError::Damaged {
                what: "a key's place",
            });
        }
    })
}
