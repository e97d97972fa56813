//! A double of the desktop's portal, which asks a person what of the screen a program may see. A real one needs a
//! compositor, and so a screen; this one is told by the story what its person does.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use anyhow::{Context, Result};
use zbus::{
    Connection, connection, fdo, interface,
    message::Header,
    zvariant::{ObjectPath, OwnedValue, Value},
};

use super::Desktop;

const DESKTOP: &str = "/org/freedesktop/portal/desktop";

/// What the person does when they are asked for an area of the screen.
#[derive(Clone, Debug)]
pub enum Shot {
    /// They choose one, and it is in this file.
    Taken(PathBuf),
    /// They press Escape.
    Cancelled,
    /// They, or the desktop, allow the program no pictures at all.
    Refused,
}

/// A portal that answers. It ends with the value.
pub struct Portal(Connection);

impl Desktop {
    /// Gives the desktop a portal.
    ///
    /// # Errors
    /// If it has one.
    pub async fn start_portal(&self) -> Result<Portal> {
        let connection = connection::Builder::address(self.bus()?)?
            .serve_at(DESKTOP, Screenshots(Mutex::new(Shot::Cancelled)))?
            .name("org.freedesktop.portal.Desktop")?
            .build()
            .await?;
        Ok(Portal(connection))
    }
}

impl Portal {
    /// Decides what the person does from now on.
    ///
    /// # Errors
    /// If the portal is gone.
    pub async fn expect(&self, shot: Shot) -> Result<()> {
        let portal = self
            .0
            .object_server()
            .interface::<_, Screenshots>(DESKTOP)
            .await?;
        *portal
            .get()
            .await
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = shot;
        Ok(())
    }
}

struct Screenshots(Mutex<Shot>);

#[interface(name = "org.freedesktop.portal.Screenshot")]
impl Screenshots {
    /// The answer comes as a signal of an object whose name the caller knows beforehand.
    async fn screenshot(
        &self,
        _parent_window: &str,
        options: HashMap<String, OwnedValue>,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] bus: &Connection,
    ) -> fdo::Result<ObjectPath<'static>> {
        let shot = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let asked = request(&header, &options).map_err(|error| fdo::Error::Failed(error.to_string()))?;
        let mut results = HashMap::new();
        let response: u32 = match shot {
            Shot::Taken(file) => {
                results.insert("uri", Value::from(format!("file://{}", file.display())));
                0
            }
            Shot::Cancelled => 1,
            Shot::Refused => 2,
        };
        let caller = header.sender().cloned();
        bus.emit_signal(
            caller,
            &asked,
            "org.freedesktop.portal.Request",
            "Response",
            &(response, results),
        )
        .await?;
        Ok(asked)
    }

    #[zbus(property, name = "version")]
    fn version(&self) -> u32 {
        2
    }
}

fn request(header: &Header<'_>, options: &HashMap<String, OwnedValue>) -> Result<ObjectPath<'static>> {
    let caller = header.sender().context("somebody asks")?;
    let caller = caller.trim_start_matches(':').replace('.', "_");
    let token: &str = options
        .get("handle_token")
        .context("the request has a name")?
        .downcast_ref()?;
    Ok(format!("{DESKTOP}/request/{caller}/{token}").try_into()?)
}
