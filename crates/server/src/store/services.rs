//! Services: the tenants of the API, each with its own settings and people.

use countersign_protocol::{
    resources::service::{
        PasskeySettings, PushSettings, RelyingParty, ServiceParameters, TotpSettings, WhatsappSettings,
    },
    sid::{AccountSid, ServiceSid},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Lock, Page, Position, Store, StoreError, date, from_json,
    page::{Window, by_number},
    session::{Row, Session, sql},
    text, to_json, typed,
};
use crate::random;

/// A tenant of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its identifier.
    pub sid: ServiceSid,
    /// Whose it is.
    pub account_sid: AccountSid,
    /// What people call it.
    pub friendly_name: String,
    /// Everything else that can be set.
    pub settings: Settings,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What can be set on a service. Stored as JSON; a member that an older version did not know has its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(
    missing_docs,
    reason = "the names are the API's own, section 9.1 of the Verify Push protocol notes"
)]
#[expect(clippy::struct_excessive_bools, reason = "the API has that many switches")]
pub struct Settings {
    pub code_length: u32,
    pub lookup_enabled: bool,
    pub psd2_enabled: bool,
    pub skip_sms_to_landlines: bool,
    pub dtmf_input_required: bool,
    pub tts_name: Option<String>,
    pub do_not_share_warning_enabled: bool,
    pub custom_code_enabled: bool,
    pub push: PushSettings,
    pub totp: TotpSettings,
    pub whatsapp: WhatsappSettings,
    pub passkeys: PasskeySettings,
    pub default_template_sid: Option<String>,
    pub verify_event_subscription_enabled: bool,
    /// For how many seconds a report keeps its factor from being asked; zero for not at all.
    pub report_pause: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            code_length: 6,
            lookup_enabled: false,
            psd2_enabled: false,
            skip_sms_to_landlines: false,
            dtmf_input_required: false,
            tts_name: None,
            do_not_share_warning_enabled: false,
            custom_code_enabled: false,
            push: PushSettings::default(),
            totp: TotpSettings {
                issuer: None,
                time_step: 30,
                code_length: 6,
                skew: 1,
            },
            whatsapp: WhatsappSettings::default(),
            passkeys: PasskeySettings::default(),
            default_template_sid: None,
            verify_event_subscription_enabled: false,
            report_pause: 0,
        }
    }
}

impl Settings {
    /// Sets what is given; the rest stays.
    pub fn apply(&mut self, given: &ServiceParameters) {
        fn set<T: Clone>(setting: &mut T, given: Option<&T>) {
            if let Some(given) = given {
                *setting = given.clone();
            }
        }
        set(&mut self.code_length, given.code_length.as_ref());
        set(&mut self.lookup_enabled, given.lookup_enabled.as_ref());
        set(&mut self.psd2_enabled, given.psd2_enabled.as_ref());
        set(
            &mut self.skip_sms_to_landlines,
            given.skip_sms_to_landlines.as_ref(),
        );
        set(&mut self.dtmf_input_required, given.dtmf_input_required.as_ref());
        set_optional(&mut self.tts_name, given.tts_name.as_ref());
        set(
            &mut self.do_not_share_warning_enabled,
            given.do_not_share_warning_enabled.as_ref(),
        );
        set(&mut self.custom_code_enabled, given.custom_code_enabled.as_ref());
        set(&mut self.push.include_date, given.push_include_date.as_ref());
        set_optional(
            &mut self.push.apn_credential_sid,
            given.push_apn_credential_sid.as_ref(),
        );
        set_optional(
            &mut self.push.fcm_credential_sid,
            given.push_fcm_credential_sid.as_ref(),
        );
        set_optional(&mut self.totp.issuer, given.totp_issuer.as_ref());
        set(&mut self.totp.time_step, given.totp_time_step.as_ref());
        set(&mut self.totp.code_length, given.totp_code_length.as_ref());
        set(&mut self.totp.skew, given.totp_skew.as_ref());
        set_optional(
            &mut self.default_template_sid,
            given.default_template_sid.as_ref(),
        );
        set(
            &mut self.verify_event_subscription_enabled,
            given.verify_event_subscription_enabled.as_ref(),
        );
        set(&mut self.report_pause, given.report_pause.as_ref());
        self.apply_to_other_channels(given);
    }

    /// These are kept so that they can be read back, and have no effect.
    fn apply_to_other_channels(&mut self, given: &ServiceParameters) {
        let RelyingParty { id, name, origins } = &mut self.passkeys.relying_party;
        for (setting, given) in [
            (
                &mut self.whatsapp.msg_service_sid,
                &given.whatsapp_msg_service_sid,
            ),
            (&mut self.whatsapp.from, &given.whatsapp_from),
            (id, &given.passkeys_relying_party_id),
            (name, &given.passkeys_relying_party_name),
            (
                &mut self.passkeys.authenticator_attachment,
                &given.passkeys_authenticator_attachment,
            ),
            (
                &mut self.passkeys.discoverable_credentials,
                &given.passkeys_discoverable_credentials,
            ),
            (
                &mut self.passkeys.user_verification,
                &given.passkeys_user_verification,
            ),
        ] {
            set_optional(setting, given.as_ref());
        }
        set_optional(origins, given.passkeys_relying_party_origins.as_ref());
    }
}

fn set_optional<T: Clone>(setting: &mut Option<T>, given: Option<&T>) {
    if given.is_some() {
        *setting = given.cloned();
    }
}

impl Store {
    /// Makes a service.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn create_service(
        &self,
        account: &AccountSid,
        friendly_name: &str,
        settings: Settings,
        now: Timestamp,
    ) -> Result<Service, StoreError> {
        let service = Service {
            sid: ServiceSid::from_random(random::make_bytes()),
            account_sid: account.clone(),
            friendly_name: friendly_name.to_owned(),
            settings,
            created_at: now,
            updated_at: now,
        };
        let mut write = self.write(Lock::Service(&service.sid)).await?;
        let insert = sql(
            "INSERT INTO services (sid, account_sid, friendly_name, settings, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(service.sid.to_string())
        .bind(account.to_string())
        .bind(service.friendly_name.clone())
        .bind(to_json(&service.settings))
        .bind(now.as_second())
        .bind(now.as_second());
        write.execute(insert).await?;
        write.commit().await?;
        Ok(service)
    }

    /// One service, if the account has it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_service(
        &self,
        account: &AccountSid,
        sid: &ServiceSid,
    ) -> Result<Option<Service>, StoreError> {
        find(&mut self.read().await?, account, sid).await
    }

    /// A page of the account's services, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list_services(
        &self,
        account: &AccountSid,
        position: Position,
        size: u32,
    ) -> Result<Page<Service>, StoreError> {
        let window = Window::new(position, size, false);
        let select = window.select(by_number!(
            "SELECT * FROM services WHERE id > $1 AND id < $2 AND account_sid = $4 ORDER BY id"
        ));
        let rows = self.read().await?.all(select.bind(account.to_string())).await?;
        window.page(&rows, from_row)
    }

    /// Changes a service and returns it as it is then; `None` if the account has no such service.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn update_service(
        &self,
        account: &AccountSid,
        sid: &ServiceSid,
        given: &ServiceParameters,
        now: Timestamp,
    ) -> Result<Option<Service>, StoreError> {
        let mut write = self.write(Lock::Service(sid)).await?;
        let Some(mut service) = find(&mut write, account, sid).await? else {
            return Ok(None);
        };
        service.settings.apply(given);
        service.updated_at = now;
        if let Some(friendly_name) = &given.friendly_name {
            service.friendly_name.clone_from(friendly_name);
        }
        let update =
            sql("UPDATE services SET friendly_name = $1, settings = $2, updated_at = $3 WHERE sid = $4")
                .bind(service.friendly_name.clone())
                .bind(to_json(&service.settings))
                .bind(now.as_second())
                .bind(sid.to_string());
        write.execute(update).await?;
        write.commit().await?;
        Ok(Some(service))
    }

    /// Deletes a service with all that belongs to it. Says whether the account had it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete_service(&self, account: &AccountSid, sid: &ServiceSid) -> Result<bool, StoreError> {
        let mut write = self.write(Lock::Service(sid)).await?;
        let delete = sql("DELETE FROM services WHERE account_sid = $1 AND sid = $2");
        let deleted = write
            .execute(delete.bind(account.to_string()).bind(sid.to_string()))
            .await?;
        write.commit().await?;
        self.changes.tell_all_of(sid);
        Ok(deleted == 1)
    }
}

/// Whether the account has this service.
pub(super) async fn exists(
    session: &mut Session,
    account: &AccountSid,
    sid: &ServiceSid,
) -> Result<bool, StoreError> {
    let select = sql("SELECT 1 FROM services WHERE account_sid = $1 AND sid = $2");
    Ok(session
        .optional(select.bind(account.to_string()).bind(sid.to_string()))
        .await?
        .is_some())
}

async fn find(
    session: &mut Session,
    account: &AccountSid,
    sid: &ServiceSid,
) -> Result<Option<Service>, StoreError> {
    let select = sql("SELECT * FROM services WHERE account_sid = $1 AND sid = $2");
    let row = session
        .optional(select.bind(account.to_string()).bind(sid.to_string()))
        .await?;
    row.as_ref().map(from_row).transpose()
}

fn from_row(row: &Row) -> Result<Service, StoreError> {
    Ok(Service {
        sid: typed(row, "sid")?,
        account_sid: typed(row, "account_sid")?,
        friendly_name: text(row, "friendly_name")?,
        settings: from_json(row, "settings")?,
        created_at: date(row, "created_at")?,
        updated_at: date(row, "updated_at")?,
    })
}
