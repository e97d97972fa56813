//! What this machine must have for a task: found when missing, installed where that is possible, named otherwise.

mod requirement;

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::python;
use crate::step::{exists, output, run, say};
pub(crate) use requirement::Need;
use requirement::{Requirement, Seen};

/// Makes sure that this machine has what the needs name.
///
/// On Debian and its descendants what is missing is installed with apt-get, as root or through sudo, after saying
/// so. Elsewhere the command to type is part of the error.
pub(crate) fn prepare(needs: &[Need]) -> Result<()> {
    if needs.contains(&Need::Node) {
        prepare_node()?;
    }
    if !cfg!(target_os = "linux") {
        // The window needs nothing more on Windows and macOS, and the other needs are met on Linux only.
        return if needs.iter().any(|need| need.is_linux_only()) {
            Err(anyhow::anyhow!(
                "this task runs on Linux only (Debian 12 or newer, or a descendant of it)"
            ))
        } else {
            Ok(())
        };
    }
    let wanted = requirement::all(needs);
    let missing = missing(&wanted);
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|requirement| requirement.debian).collect();
    if !exists("apt-get") {
        bail!("{}", advice(&missing));
    }
    install(&packages)?;
    let still = self::missing(&wanted);
    if !still.is_empty() {
        let names: Vec<&str> = still.iter().map(|requirement| requirement.debian).collect();
        bail!(
            "apt-get ended well, and yet these are still missing: {}",
            names.join(" ")
        );
    }
    Ok(())
}

/// Whether this machine can build the window; for tasks that leave the window out rather than install anything.
pub(crate) fn can_build_the_window() -> bool {
    !cfg!(target_os = "linux") || missing(&requirement::all(&[Need::Window])).is_empty()
}

fn prepare_node() -> Result<()> {
    let hint = "Node.js 20 or newer with npm is needed: https://nodejs.org/en/download";
    let version = output(Command::new("node").arg("--version")).context(hint)?;
    let major: u32 = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .unwrap_or_default()
        .parse()
        .with_context(|| format!("node calls its version {}. {hint}", version.trim()))?;
    if major < 20 {
        bail!("this is Node.js {}. {hint}", version.trim());
    }
    if !exists(if cfg!(windows) { "npm.cmd" } else { "npm" }) && !exists("npm") {
        bail!("npm is missing. {hint}");
    }
    Ok(())
}

fn missing(wanted: &[Requirement]) -> Vec<Requirement> {
    let by_package: Vec<&str> = wanted
        .iter()
        .filter(|requirement| requirement.seen == Seen::Package)
        .map(|r| r.debian)
        .collect();
    let listing = dpkg_listing(&by_package);
    requirement::missing(wanted, &listing, &exists, &pkg_config_knows, &python::imports)
}

/// Names that dpkg does not know make it fail and list the others all the same, so its exit code means nothing here.
fn dpkg_listing(packages: &[&str]) -> String {
    Command::new("dpkg-query")
        .args(["-W", "-f=${Package} ${db:Status-Status}\n"])
        .args(packages)
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default()
}

fn pkg_config_knows(module: &str) -> bool {
    Command::new("pkg-config")
        .args(["--exists", module])
        .status()
        .is_ok_and(|status| status.success())
}

fn install(packages: &[&str]) -> Result<()> {
    let typed = format!("sudo apt-get install --yes {}", packages.join(" "));
    let through_sudo = match output(Command::new("id").arg("-u"))?.trim() {
        "0" => false,
        _ if exists("sudo") => true,
        _ => bail!(
            "packages are missing and this user cannot install them. As root: apt-get update && {typed}"
        ),
    };
    say(&format!("Installing what is missing: {}", packages.join(" ")));
    let apt_get = |arguments: &[&str]| {
        let mut command = if through_sudo {
            let mut command = Command::new("sudo");
            command.args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
            command
        } else {
            let mut command = Command::new("apt-get");
            command.env("DEBIAN_FRONTEND", "noninteractive");
            command
        };
        command.args(arguments);
        run(&mut command)
    };
    let install = [&["install", "--yes", "--no-install-recommends"], packages].concat();
    // A fresh container has no package lists at all, and old lists name files that are gone from the mirrors;
    // the second try also gets over a mirror that failed for a moment.
    if apt_lists_exist() && apt_get(&install).is_ok() {
        return Ok(());
    }
    let retried = apt_get(&["update"]).or_else(|_| apt_get(&["update"]));
    retried
        .and_then(|()| apt_get(&install))
        .or_else(|_| apt_get(&install))
        .with_context(|| {
            format!("could not install what is missing. Try by hand: sudo apt-get update && {typed}")
        })
}

fn apt_lists_exist() -> bool {
    std::fs::read_dir("/var/lib/apt/lists").is_ok_and(|mut files| {
        files.any(|file| file.is_ok_and(|file| file.file_name().to_string_lossy().contains("_Packages")))
    })
}

/// What to type on a system that this program cannot install on.
fn advice(missing: &[Requirement]) -> String {
    let other = |name: fn(&Requirement) -> Option<&'static str>| {
        let known: Vec<&str> = missing.iter().filter_map(name).collect();
        (known.len() == missing.len()).then(|| known.join(" "))
    };
    let debian: Vec<&str> = missing.iter().map(|requirement| requirement.debian).collect();
    let command = if let (true, Some(names)) = (exists("dnf"), other(|requirement| requirement.fedora)) {
        format!("sudo dnf install {names}")
    } else if let (true, Some(names)) = (exists("pacman"), other(|requirement| requirement.arch)) {
        format!("sudo pacman -S --needed {names}")
    } else {
        let names = debian.join(" ");
        return format!(
            "packages are missing, and this system is not known here. Debian and Ubuntu call them: \
             sudo apt-get install {names}"
        );
    };
    format!("packages are missing. Type this, then run the task again: {command}")
}
