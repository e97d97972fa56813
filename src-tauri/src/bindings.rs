//! The one table of what crosses the boundary to the page. `ui/src/ipc/bindings.ts` is made from it.

use tauri_specta::{Builder, collect_commands, collect_events};

use crate::{commands, events};

/// All commands and events, with their types.
pub(crate) fn builder() -> Builder<tauri::Wry> {
    // What crosses goes one way only, so that a type needs no second shape for reading it.
    Builder::new()
        .disable_serde_phases()
        .commands(collect_commands![
            commands::snapshot,
            commands::language,
            commands::preview_link,
            commands::enrol,
            commands::show_request,
            commands::approve,
            commands::deny,
            commands::report_not_me,
            commands::check_now,
            commands::remove_factor,
            commands::history,
            commands::pending_link,
            commands::verification::change_policy,
            commands::verification::pin_state,
            commands::verification::set_pin,
            commands::verification::remove_pin,
            commands::verification::verify_presence,
            commands::choices::settings,
            commands::choices::change_settings,
            commands::choices::mute,
            commands::choices::unmute,
            commands::choices::autostart,
            commands::choices::set_autostart,
            commands::keychain::open_vault,
            commands::keychain::use_system_keychain,
            commands::keychain::quit,
            commands::lock::lock,
            commands::lock::unlock,
            commands::lock::still_here,
            commands::lock::health,
            commands::attention::pending_request,
            commands::attention::test_notification,
            commands::attention::tray_missing,
            commands::attention::note_tray_missing,
            commands::qr::read_qr_image,
            commands::qr::read_qr_dropped,
            commands::qr::read_qr_luma,
            commands::qr::read_qr_clipboard,
            commands::qr::read_qr_screen,
            commands::qr::use_camera,
        ])
        .events(collect_events![
            events::Changed,
            events::FileDragged,
            events::LinkOpened,
            events::RequestOpened
        ])
}

#[cfg(test)]
mod tests {
    use std::{fs, path::PathBuf};

    use specta_typescript::Typescript;

    use super::*;

    fn committed() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../ui/src/ipc/bindings.ts")
    }

    fn made() -> String {
        let file = tempfile::NamedTempFile::new().unwrap();
        builder().export(Typescript::default(), file.path()).unwrap();
        fs::read_to_string(file.path()).unwrap()
    }

    /// `UPDATE_BINDINGS=1 cargo test -p countersign-app bindings` writes the file anew.
    #[test]
    fn the_committed_bindings_are_those_of_this_program() {
        if std::env::var_os("UPDATE_BINDINGS").is_some() {
            fs::write(committed(), made()).unwrap();
        }
        assert!(
            fs::read_to_string(committed()).unwrap() == made(),
            "ui/src/ipc/bindings.ts is stale; run UPDATE_BINDINGS=1 cargo test -p countersign-app bindings"
        );
    }

    #[test]
    fn every_command_is_permitted_to_the_window_and_nothing_else_is() {
        let capability: serde_json::Value =
            serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
        assert_eq!(capability["windows"], serde_json::json!([crate::window::LABEL]));
        let (foreign, permitted): (Vec<&str>, Vec<&str>) = capability["permissions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|permission| permission.as_str().unwrap())
            .partition(|permission| permission.contains(':'));
        assert_eq!(foreign, ["core:event:allow-listen", "core:event:allow-unlisten"]);
        let mut commands: Vec<String> = made()
            .split("__TAURI_INVOKE(\"")
            .skip(1)
            .map(|rest| format!("allow-{}", rest.split('"').next().unwrap().replace('_', "-")))
            .collect();
        commands.sort_unstable();
        assert_eq!(permitted, commands);
    }
}
