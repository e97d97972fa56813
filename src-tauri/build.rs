//! Declares the commands that the page may call, so that each needs a permission like those of any other crate.

/// All commands of `src/commands.rs`. One that is missing here is refused by the access control, and a test compares
/// this list with the bindings.
const COMMANDS: &[&str] = &[
    "approve",
    "change_policy",
    "check_now",
    "deny",
    "enrol",
    "history",
    "language",
    "pending_link",
    "pin_state",
    "preview_link",
    "remove_factor",
    "remove_pin",
    "report_not_me",
    "set_pin",
    "show_request",
    "snapshot",
    "verify_presence",
];

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .expect("the configuration in tauri.conf.json and capabilities/ is valid");
}
