//! Declares the commands that the page may call, so that each needs a permission like those of any other crate.

/// All commands of `src/commands.rs`. One that is missing here is refused by the access control, and a test compares
/// this list with the bindings.
const COMMANDS: &[&str] = &[
    "approve",
    "autostart",
    "change_policy",
    "change_settings",
    "check_now",
    "deny",
    "enrol",
    "health",
    "history",
    "language",
    "lock",
    "mute",
    "open_vault",
    "pending_link",
    "pending_request",
    "test_notification",
    "tray_missing",
    "note_tray_missing",
    "pin_state",
    "preview_link",
    "quit",
    "read_qr_clipboard",
    "read_qr_dropped",
    "read_qr_image",
    "read_qr_luma",
    "read_qr_screen",
    "remove_factor",
    "remove_pin",
    "report_not_me",
    "set_autostart",
    "set_pin",
    "settings",
    "show_request",
    "snapshot",
    "still_here",
    "unlock",
    "unmute",
    "use_camera",
    "use_system_keychain",
    "verify_presence",
];

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .expect("the configuration in tauri.conf.json and capabilities/ is valid");
}
