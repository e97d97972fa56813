//! The message buses of a story: that of the session, and one in the place of the system's. What is not started on
//! them here is not there.

use std::fs;

use anyhow::{Context, Result};

use super::Desktop;

/// Where programs look for the bus of their session.
const SESSION: &str = "DBUS_SESSION_BUS_ADDRESS";

/// Where they look for that of the system.
const SYSTEM: &str = "DBUS_SYSTEM_BUS_ADDRESS";

/// Everybody may do everything, and listen to everything.
const POLICY: &str = "<policy context='default'><allow send_destination='*' eavesdrop='true'/>\
    <allow eavesdrop='true'/><allow own='*'/></policy>";

impl Desktop {
    pub(super) fn start_buses(&mut self) -> Result<()> {
        self.start_bus(SESSION, "bus")?;
        self.start_bus(SYSTEM, "system-bus")
    }

    pub(super) fn bus(&self) -> Result<&str> {
        self.address_in(SESSION)
    }

    pub(super) fn system_bus(&self) -> Result<&str> {
        self.address_in(SYSTEM)
    }

    fn address_in(&self, variable: &str) -> Result<&str> {
        let bus = self.environment.iter().find(|(name, _)| name == variable);
        bus.and_then(|(_, address)| address.to_str())
            .context("the bus has an address")
    }

    /// A bus that starts nothing by itself: what is not started here is not there.
    fn start_bus(&mut self, variable: &str, name: &str) -> Result<()> {
        let configuration = self.folder(&format!("{name}.conf"));
        let socket = self.folder("xdg_runtime_dir").join(name);
        let listen = socket.display();
        fs::write(
            &configuration,
            format!("<busconfig><type>session</type><listen>unix:path={listen}</listen>{POLICY}</busconfig>"),
        )?;
        let mut command = self.command("dbus-daemon");
        command
            .arg("--config-file")
            .arg(&configuration)
            .args(["--nofork", "--print-address=1"]);
        let address = self.run_and_read_line("dbus-daemon", command)?;
        self.set(variable, address);
        Ok(())
    }
}
