//! The app's window, driven as a person would: by what is written on it.

use std::{net::TcpListener, time::Duration};

use anyhow::{Context, Result, bail};
use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::{Desktop, GLANCE, PATIENCE, Program};

/// How long a person looks before they click. The window ignores clicks that come sooner than 600 ms.
const LOOK_MILLISECONDS: u64 = 800;

/// Ticks what a request that is new or unusual asks for, if it is one: a person has looked at it.
const SAY_THAT_IT_IS_KNOWN: &str = "document.querySelector('main .sure input:not(:checked)')?.click()";

/// An open window and the driver that holds it.
pub struct Window {
    client: Client,
    // After the client: the session is closed before its driver ends.
    driver: Program,
}

impl Window {
    /// Starts WebKit's driver, which starts the app.
    pub(super) async fn open(desktop: &Desktop, arguments: &[&str]) -> Result<Self> {
        let (driver, address) = start_driver(desktop).await?;
        let capabilities = json!({
            "webkitgtk:browserOptions": { "binary": desktop.app(), "args": arguments },
        });
        let Value::Object(capabilities) = capabilities else {
            bail!("capabilities are an object")
        };
        let mut session = ClientBuilder::new(HttpConnector::new());
        session.capabilities(capabilities);
        let client = tokio::time::timeout(PATIENCE, session.connect(&address))
            .await
            .context("the window does not come")?
            .with_context(|| format!("no window came: {}", desktop.log_of("WebKitWebDriver")))?;
        Ok(Self { client, driver })
    }

    /// Ends the session. The driver closes the app on its way, and has to live until the app is gone.
    pub(super) async fn end_session(self) -> Result<Program> {
        self.client.close().await?;
        Ok(self.driver)
    }

    /// Waits until `text` stands somewhere on the page, for a person to see.
    ///
    /// # Errors
    /// With what stands there instead, if it does not come.
    pub async fn see(&self, text: &str) -> Result<()> {
        let found = self
            .wait_until(
                "return document.body.innerText.replace(/\\s+/g, ' ').includes(arguments[0])",
                text,
            )
            .await;
        match found {
            Ok(()) => Ok(()),
            Err(_) => bail!("“{text}” did not appear. The page says:\n{}", self.text().await?),
        }
    }

    /// Waits until `text` stands nowhere on the page.
    ///
    /// # Errors
    /// If it stays.
    pub async fn miss(&self, text: &str) -> Result<()> {
        self.wait_until(
            "return !document.body.innerText.replace(/\\s+/g, ' ').includes(arguments[0])",
            text,
        )
        .await
        .with_context(|| format!("“{text}” still stands there"))
    }

    /// Whether `text` stands on the page now.
    ///
    /// # Errors
    /// If the page does not answer.
    pub async fn sees(&self, text: &str) -> Result<bool> {
        Ok(self
            .text()
            .await?
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .contains(text))
    }

    /// Everything that stands on the page.
    ///
    /// # Errors
    /// If the page does not answer.
    pub async fn text(&self) -> Result<String> {
        let text = self
            .client
            .execute("return document.body.innerText", Vec::new())
            .await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Clicks a button of the page's content, as a person does who has looked at it first.
    ///
    /// # Errors
    /// If there is none that can be used.
    pub async fn click(&self, name: &str) -> Result<()> {
        let button = format!(
            "//*[self::main or self::dialog]//button[normalize-space() = {0} and not(@disabled)]",
            quoted(name)
        );
        if name == "Approve" {
            self.see(name).await?;
            self.run(SAY_THAT_IT_IS_KNOWN).await?;
        }
        let button = self.named(&button, name).await?;
        self.client
            .execute_async(
                "setTimeout(arguments[1], arguments[0])",
                vec![json!(LOOK_MILLISECONDS)],
            )
            .await?;
        button
            .click()
            .await
            .with_context(|| format!("“{name}” could not be clicked"))
    }

    /// Whether a button of the page's content can be used now.
    ///
    /// # Errors
    /// If the page does not answer.
    pub async fn offers(&self, name: &str) -> Result<bool> {
        let script = "return [...document.querySelectorAll('main button, dialog button')]
            .some((one) => one.innerText.trim() === arguments[0] && !one.disabled)";
        let offered = self.client.execute(script, vec![json!(name)]).await?;
        Ok(offered == Value::Bool(true))
    }

    /// Opens a request by a text on its card in the list.
    ///
    /// # Errors
    /// If there is no such card.
    pub async fn open_request(&self, text: &str) -> Result<()> {
        let card = format!(
            "//main//li//button[contains(normalize-space(), {})]",
            quoted(text)
        );
        self.named(&card, text)
            .await?
            .click()
            .await
            .with_context(|| format!("“{text}” could not be opened"))
    }

    /// Clicks the entry of a list of choices that has this text.
    ///
    /// # Errors
    /// If there is none.
    pub async fn choose(&self, text: &str) -> Result<()> {
        self.open_request(text).await
    }

    /// Waits until the request that is open is the one whose card has this text.
    ///
    /// # Errors
    /// With what stands on the page, if it is not opened.
    pub async fn see_open(&self, text: &str) -> Result<()> {
        let script = "const card = document.querySelector('main li [aria-current=true]');
            return card !== null && card.innerText.includes(arguments[0])";
        match self.wait_until(script, text).await {
            Ok(()) => Ok(()),
            Err(_) => bail!("“{text}” was not opened. The page says:\n{}", self.text().await?),
        }
    }

    /// Goes to a place by its name in the window's header.
    ///
    /// # Errors
    /// If there is no such place.
    pub async fn go_to(&self, place: &str) -> Result<()> {
        let link = format!(
            "//header//*[self::button or self::a][starts-with(normalize-space(), {})]",
            quoted(place)
        );
        self.named(&link, place)
            .await?
            .click()
            .await
            .with_context(|| format!("“{place}” could not be clicked"))
    }

    /// Picks an entry of the list with this label.
    ///
    /// # Errors
    /// If there is none.
    pub async fn select(&self, label: &str, entry: &str) -> Result<()> {
        let path = format!(
            "//select[@aria-labelledby = //*[normalize-space() = {}]/@id]",
            quoted(label)
        );
        let list = self.named(&path, label).await?;
        list.select_by_label(entry).await?;
        Ok(())
    }

    /// Turns to the window that was made in the place of the one that was closed.
    ///
    /// # Errors
    /// If there is none.
    pub async fn come_back(&self) -> Result<()> {
        let mut glances = tokio::time::interval(GLANCE);
        let waiting = async {
            loop {
                glances.tick().await;
                if let Some(newest) = self.client.windows().await?.pop() {
                    return Ok(self.client.switch_to_window(newest).await?);
                }
            }
        };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .context("there is no new window")?
    }

    /// From now on the page itself clicks a button as soon as it can be used, and again every few milliseconds until
    /// `span` has passed since: sooner than a driver could. [`early_clicks`](Self::early_clicks) has the outcome.
    ///
    /// # Errors
    /// If the page does not answer.
    pub async fn click_from_the_first_moment(&self, name: &str, span: Duration) -> Result<()> {
        let script = "
            const [name, span] = arguments;
            let first = null, clicks = 0;
            const look = () => {
                const button = [...document.querySelectorAll('main button')]
                    .find((one) => one.innerText.trim() === name && !one.disabled);
                document.querySelector('main .sure input:not(:checked)')?.click();
                if (button && first === null) first = performance.now();
                if (first !== null && performance.now() - first >= span) {
                    window.earlyClicks = clicks;
                    return;
                }
                if (button) { button.click(); clicks += 1; }
                setTimeout(look, 5);
            };
            look();";
        let span = u64::try_from(span.as_millis())?;
        self.client
            .execute(script, vec![json!(name), json!(span)])
            .await?;
        Ok(())
    }

    /// How often it was clicked, once the time is over.
    ///
    /// # Errors
    /// If the button did not come.
    pub async fn early_clicks(&self) -> Result<u64> {
        self.wait_until("return window.earlyClicks !== undefined", "")
            .await
            .context("the button did not come")?;
        self.run("return window.earlyClicks")
            .await?
            .as_u64()
            .context("the script counts")
    }

    /// Types into the field with this label.
    ///
    /// # Errors
    /// If there is none.
    pub async fn type_into(&self, label: &str, text: &str) -> Result<()> {
        let path = format!("//*[@id = //label[normalize-space() = {}]/@for]", quoted(label));
        let field = self
            .find(&path)
            .await
            .with_context(|| format!("there is no field “{label}”"))?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Picks an option of the list with this label.
    ///
    /// # Errors
    /// If there is no such list, or no such option.
    pub async fn pick(&self, label: &str, option: &str) -> Result<()> {
        let path = format!(
            "//main//select[@aria-labelledby = //*[normalize-space() = {}]/@id]",
            quoted(label)
        );
        let list = self.named(&path, label).await?;
        list.select_by_label(option)
            .await
            .with_context(|| format!("“{option}” could not be picked"))
    }

    /// Unfolds what is folded under this text.
    ///
    /// # Errors
    /// If nothing is.
    pub async fn unfold(&self, text: &str) -> Result<()> {
        let path = format!("//main//summary[normalize-space() = {}]", quoted(text));
        self.named(&path, text)
            .await?
            .click()
            .await
            .with_context(|| format!("“{text}” could not be unfolded"))
    }

    /// What the program answers to the page, whether it does what it is asked or refuses.
    ///
    /// # Errors
    /// If the page cannot ask.
    pub async fn invoke(&self, command: &str, arguments: &str) -> Result<Value> {
        self.run_async(&format!(
            "const done = arguments[0];
            window.__TAURI_INTERNALS__.invoke('{command}', {arguments}).then(done, done);"
        ))
        .await
        .with_context(|| format!("the page could not ask {command}"))
    }

    /// Everything that the page is made of, and its title: what is not in there is not shown.
    ///
    /// # Errors
    /// If the page does not answer.
    pub async fn source(&self) -> Result<String> {
        let source = self.run("return document.documentElement.outerHTML").await?;
        Ok(source.as_str().unwrap_or_default().to_owned())
    }

    /// Runs a script as the driver, which the page's own rules do not bind, and returns what it returns.
    ///
    /// # Errors
    /// If the script throws.
    pub async fn run(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// The same for a script that calls its last argument when it is done.
    ///
    /// # Errors
    /// If the script throws.
    pub async fn run_async(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute_async(script, Vec::new()).await?)
    }

    /// The same with arguments, which come before the one that it calls.
    ///
    /// # Errors
    /// If the script throws.
    pub async fn run_with(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute_async(script, arguments).await?)
    }

    /// The address of the page.
    ///
    /// # Errors
    /// If the driver does not say.
    pub async fn address(&self) -> Result<String> {
        Ok(self.client.current_url().await?.into())
    }

    /// The title of the page.
    ///
    /// # Errors
    /// If the driver does not say.
    pub async fn title(&self) -> Result<String> {
        Ok(self.client.title().await?)
    }

    async fn named(&self, path: &str, name: &str) -> Result<Element> {
        match self.find(path).await {
            Ok(element) => Ok(element),
            Err(_) => bail!(
                "there is no “{name}” to click. The page says:\n{}",
                self.text().await?
            ),
        }
    }

    async fn find(&self, path: &str) -> Result<Element> {
        Ok(self
            .client
            .wait()
            .at_most(PATIENCE)
            .every(GLANCE)
            .for_element(Locator::XPath(path))
            .await?)
    }

    async fn wait_until(&self, script: &str, argument: &str) -> Result<()> {
        let mut glances = tokio::time::interval(GLANCE);
        let waiting = async {
            loop {
                glances.tick().await;
                if self.client.execute(script, vec![json!(argument)]).await? == Value::Bool(true) {
                    return Ok(());
                }
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await?
    }
}

/// Starts the driver on a free port. Between finding one and using it somebody else may take it; then another one
/// is tried.
async fn start_driver(desktop: &Desktop) -> Result<(Program, String)> {
    for _ in 0..5 {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut command = desktop.command("WebKitWebDriver");
        command
            .arg(format!("--port={port}"))
            .envs([("TAURI_AUTOMATION", "true"), ("TAURI_WEBVIEW_AUTOMATION", "true")]);
        let mut driver = Program::start(command, &desktop.log_file("WebKitWebDriver"))?;
        let mut glances = tokio::time::interval(GLANCE);
        while !driver.has_ended() {
            glances.tick().await;
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Ok((driver, format!("http://127.0.0.1:{port}")));
            }
        }
    }
    bail!(
        "WebKitWebDriver does not start: {}",
        desktop.log_of("WebKitWebDriver")
    )
}

/// A string of XPath, which has no escapes.
fn quoted(text: &str) -> String {
    if text.contains('\'') {
        format!("\"{text}\"")
    } else {
        format!("'{text}'")
    }
}
