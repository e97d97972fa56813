//! `webhook`: who is told of what happens.

use clap::{Args, Subcommand};
use countersign_protocol::{
    form::Form,
    sid::{ServiceSid, WebhookSid},
};

use crate::{
    Common,
    api::{Api, Asking},
    output::{self, print, show},
};

/// What can be done with webhooks.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the webhooks of a service
    List(List),
    /// Have events of a service posted to a URL
    Create(Create),
    /// Show a webhook
    Show(One),
    /// Tell a webhook again of what happens from now on
    Enable(One),
    /// Tell a webhook nothing more
    Disable(One),
    /// Take a webhook away
    Delete(One),
}

/// Whose webhooks are listed.
#[derive(Args)]
pub(crate) struct List {
    /// The service
    #[arg(long, value_name = "SID")]
    service: ServiceSid,
    #[command(flatten)]
    asking: Asking,
}

/// How a webhook is made.
#[derive(Args)]
pub(crate) struct Create {
    /// The service
    #[arg(long, value_name = "SID")]
    service: ServiceSid,
    /// What people call it
    #[arg(long, value_name = "NAME")]
    friendly_name: String,
    /// An event, for example challenge.approved, or * for the five usual ones; once for each
    #[arg(long = "event", value_name = "EVENT", required = true)]
    events: Vec<String>,
    /// Where events are posted
    url: String,
    #[command(flatten)]
    asking: Asking,
}

/// Which webhook is meant.
#[derive(Args)]
pub(crate) struct One {
    /// The service
    #[arg(long, value_name = "SID")]
    service: ServiceSid,
    /// Its SID
    webhook: WebhookSid,
    #[command(flatten)]
    asking: Asking,
}

impl Command {
    /// Does it.
    ///
    /// # Errors
    /// Why not.
    pub(crate) async fn run(self, common: &Common) -> anyhow::Result<()> {
        let api = Api::open(common, self.asking()).await?;
        let outcome = self.ask(&api).await;
        api.close().await;
        outcome
    }

    fn asking(&self) -> &Asking {
        match self {
            Self::List(List { asking, .. }) | Self::Create(Create { asking, .. }) => asking,
            Self::Show(one) | Self::Enable(one) | Self::Disable(one) | Self::Delete(one) => &one.asking,
        }
    }

    async fn ask(self, api: &Api) -> anyhow::Result<()> {
        let json = self.asking().json;
        match self {
            Self::List(List { service, .. }) => {
                let webhooks = api.list(&all(&service), "webhooks").await?;
                let columns = ["sid", "status", "friendly_name", "event_types", "webhook_url"];
                output::list("webhooks", &webhooks, &columns, json)
            }
            Self::Create(create) => {
                let mut form = Form::default();
                form.push("FriendlyName", create.friendly_name);
                form.push("WebhookUrl", create.url);
                for event in create.events {
                    form.push("EventTypes", event);
                }
                show(&api.post(&all(&create.service), &form).await?, json)
            }
            Self::Show(one) => show(&api.get(&one.path()).await?, json),
            Self::Enable(one) => one.set_status(api, "enabled").await,
            Self::Disable(one) => one.set_status(api, "disabled").await,
            Self::Delete(one) => {
                api.delete(&one.path()).await?;
                let words = format!("Deleted {}", one.webhook);
                let object = serde_json::json!({ "deleted": one.webhook }).to_string();
                print(if json { &object } else { &words })
            }
        }
    }
}

impl One {
    fn path(&self) -> String {
        format!("{}/{}", all(&self.service), self.webhook)
    }

    async fn set_status(&self, api: &Api, status: &str) -> anyhow::Result<()> {
        let mut form = Form::default();
        form.push("Status", status);
        show(&api.post(&self.path(), &form).await?, self.asking.json)
    }
}

fn all(service: &ServiceSid) -> String {
    format!("/v2/Services/{service}/Webhooks")
}
