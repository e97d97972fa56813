//! `service`: the tenants of the API.

use clap::{Args, Subcommand};
use countersign_protocol::{form::Form, sid::ServiceSid};

use crate::{
    Common,
    api::{Api, Asking},
    output::{self, show},
};

const PATH: &str = "/v2/Services";

/// What can be done with services.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the services of an account
    List(Asking),
    /// Make a service
    Create(Create),
    /// Show a service with its settings
    Show(Show),
}

/// How a service is made.
#[derive(Args)]
pub(crate) struct Create {
    /// What people call it
    friendly_name: String,
    #[command(flatten)]
    asking: Asking,
}

/// Which service is shown.
#[derive(Args)]
pub(crate) struct Show {
    /// Its SID
    service: ServiceSid,
    #[command(flatten)]
    asking: Asking,
}

impl Command {
    /// Does it.
    ///
    /// # Errors
    /// Why not.
    pub(crate) async fn run(self, common: &Common) -> anyhow::Result<()> {
        let (Self::List(asking) | Self::Create(Create { asking, .. }) | Self::Show(Show { asking, .. })) =
            &self;
        let api = Api::open(common, asking).await?;
        let outcome = self.ask(&api).await;
        api.close().await;
        outcome
    }

    async fn ask(self, api: &Api) -> anyhow::Result<()> {
        match self {
            Self::List(asking) => {
                let services = api.list(PATH, "services").await?;
                output::list(
                    "services",
                    &services,
                    &["sid", "date_created", "friendly_name"],
                    asking.json,
                )
            }
            Self::Create(create) => {
                let mut form = Form::default();
                form.push("FriendlyName", create.friendly_name);
                show(&api.post(PATH, &form).await?, create.asking.json)
            }
            Self::Show(which) => {
                let service = api.get(&format!("{PATH}/{}", which.service)).await?;
                show(&service, which.asking.json)
            }
        }
    }
}
