//! A tray for the desktop of a story: it takes the app's icon as a panel does, and reads and uses its menu.

use std::{path::Path, process::Command, sync::Arc, time::Duration};

use anyhow::{Context, Result, ensure};
use tokio::sync::watch;
use zbus::{Connection, connection, interface, message::Header};

use super::{GLANCE, PATIENCE};

/// A tray that waits for an icon. It ends with the value.
pub struct Tray {
    icon: watch::Receiver<Option<Icon>>,
    run: Box<Run>,
    _connection: Connection,
}

/// How long an entry stands before it is clicked: longer than the app mistrusts one that has just come.
const READING: Duration = Duration::from_secs(1);

/// What a menu says of a number that none of its entries has.
const NO_SUCH_ENTRY: &str = "does not refer to a menu item";

/// Runs a program on the desktop and returns what it says.
type Run = dyn Fn(&mut Command) -> Result<String> + Send + Sync;

/// Who registered, and where its object is.
#[derive(Clone)]
struct Icon {
    owner: String,
    path: String,
}

impl Tray {
    /// Takes the place of the desktop's tray on this bus. `run` runs a program on the desktop.
    pub(super) async fn start(
        bus: &str,
        run: impl Fn(&mut Command) -> Result<String> + Send + Sync + 'static,
    ) -> Result<Self> {
        let (registered, icon) = watch::channel(None);
        let connection = connection::Builder::address(bus)?
            .serve_at("/StatusNotifierWatcher", Watcher(Arc::new(registered)))?
            .name("org.kde.StatusNotifierWatcher")?
            .build()
            .await?;
        Ok(Self {
            icon,
            run: Box::new(run),
            _connection: connection,
        })
    }

    /// Waits until the menu has an entry with this text.
    ///
    /// # Errors
    /// With the menu, if it does not come.
    pub async fn see(&self, entry: &str) -> Result<()> {
        self.find(entry).await.map(drop)
    }

    /// Clicks the entry with this text. A menu that is drawn anew meanwhile has other numbers for its entries, and
    /// takes no click on the old ones; then it is looked at again, as a panel does.
    ///
    /// # Errors
    /// If there is none.
    pub async fn click(&self, entry: &str) -> Result<()> {
        let mut glances = tokio::time::interval(GLANCE);
        let clicking = async {
            loop {
                let id = self.find(entry).await?;
                if entry == "Approve" && !self.stands(entry, &id).await? {
                    continue;
                }
                let event = [id.as_str(), "clicked", "<int32 0>", "0"];
                match self.call("com.canonical.dbusmenu.Event", &event).await {
                    Err(error) if error.to_string().contains(NO_SUCH_ENTRY) => glances.tick().await,
                    clicked => return clicked.map(drop),
                };
            }
        };
        tokio::time::timeout(PATIENCE, clicking)
            .await
            .with_context(|| format!("“{entry}” could not be clicked"))?
    }

    /// Whether an entry is the same after as long as somebody takes who reads before they approve.
    async fn stands(&self, entry: &str, id: &str) -> Result<bool> {
        let mut reading = tokio::time::interval(READING);
        reading.tick().await;
        reading.tick().await;
        Ok(self.find(entry).await? == id)
    }

    /// Waits until no entry has this text.
    ///
    /// # Errors
    /// If it stays.
    pub async fn miss(&self, entry: &str) -> Result<()> {
        let mut glances = tokio::time::interval(GLANCE);
        let waiting = async {
            while id_of(&self.layout().await?, entry).is_some() {
                glances.tick().await;
            }
            Ok(())
        };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .with_context(|| format!("the tray still shows “{entry}”"))?
    }

    /// The whole menu, as it is on the bus.
    ///
    /// # Errors
    /// If there is none.
    pub async fn layout(&self) -> Result<String> {
        self.call("com.canonical.dbusmenu.GetLayout", &["0", "-1", "['label']"])
            .await
    }

    /// Waits until the icon's picture is this, or any other than this.
    ///
    /// # Errors
    /// If it stays as it is.
    pub async fn wait_for_picture(&self, picture: &[u8], same: bool) -> Result<()> {
        let mut glances = tokio::time::interval(GLANCE);
        let waiting = async {
            while (self.picture().await? == picture) != same {
                glances.tick().await;
            }
            Ok(())
        };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .context("the tray's picture stays as it is")?
    }

    /// The picture of the icon, as a panel reads it.
    ///
    /// # Errors
    /// If there is none.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        let name = self.property("IconName").await?;
        let folder = self.property("IconThemePath").await?;
        let file = Path::new(&folder).join(&name);
        let file = file.with_extension("png");
        std::fs::read(&file).with_context(|| format!("the tray's picture is not at {}", file.display()))
    }

    /// A property of the icon that is a text, out of how `gdbus` prints it: `(<'text'>,)`.
    async fn property(&self, name: &str) -> Result<String> {
        let arguments = ["org.kde.StatusNotifierItem", name];
        let said = self
            .call_at("", "org.freedesktop.DBus.Properties.Get", &arguments)
            .await?;
        let text = said.split('\'').nth(1);
        Ok(text
            .with_context(|| format!("the icon has no {name}: {said}"))?
            .to_owned())
    }

    async fn find(&self, entry: &str) -> Result<String> {
        let mut glances = tokio::time::interval(GLANCE);
        let waiting = async {
            loop {
                glances.tick().await;
                if let Some(id) = id_of(&self.layout().await?, entry) {
                    return Ok(id);
                }
            }
        };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .with_context(|| format!("the tray shows no “{entry}”"))?
    }

    async fn call(&self, method: &str, arguments: &[&str]) -> Result<String> {
        self.call_at("/Menu", method, arguments).await
    }

    async fn call_at(&self, below: &str, method: &str, arguments: &[&str]) -> Result<String> {
        let mut icon = self.icon.clone();
        let icon = tokio::time::timeout(PATIENCE, icon.wait_for(Option::is_some))
            .await
            .context("no icon came")??;
        let icon = icon.clone().context("it was waited for")?;
        ensure!(icon.path.starts_with('/'), "the icon is at {}", icon.path);
        let object = format!("{}{below}", icon.path);
        let mut command = Command::new("gdbus");
        command
            .args([
                "call",
                "--session",
                "--dest",
                &icon.owner,
                "--object-path",
                &object,
                "--method",
                method,
                "--",
            ])
            .args(arguments);
        (self.run)(&mut command)
    }
}

/// The number of a menu's entry, out of how `gdbus` prints it: `<(2, {'label': <'Check now'>}, @av [])>`.
fn id_of(menu: &str, entry: &str) -> Option<String> {
    let (before, _) = menu.split_once(&format!("<'{entry}'>"))?;
    let (_, after) = before.rsplit_once("<(")?;
    Some(after.split(',').next()?.trim().to_owned())
}

struct Watcher(Arc<watch::Sender<Option<Icon>>>);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, path: &str, #[zbus(header)] header: Header<'_>) {
        let owner = header.sender().map(ToString::to_string).unwrap_or_default();
        self.0.send_replace(Some(Icon {
            owner,
            path: path.to_owned(),
        }));
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        Vec::new()
    }
}
