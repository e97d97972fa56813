//! `countersign settings`: what was chosen for this profile, and choosing. The window follows at once.

use countersign_core::Settings;
use serde_json::{Map, Value, json};

use crate::{failure::Failure, keychain::Use, session::Session};

/// Shows all settings, one, or changes one.
pub(crate) async fn run(session: &Session, key: Option<&str>, value: Option<&str>) -> Result<(), Failure> {
    let authenticator = session.open(Use::Nothing).await?;
    let mut settings = authenticator.settings().await?;
    if let (Some(key), Some(value)) = (key, value) {
        settings = changed(&settings, key, value)?;
        authenticator.change_settings(&settings).await?;
    }
    let mut members = members(&settings);
    if let Some(key) = key {
        let name = known(&members, key)?;
        members.retain(|member, _| *member == name);
    }
    let text = || members.iter().map(line).collect::<Vec<_>>().join("\n");
    session.output.result(&json!({ "settings": members }), text)
}

fn changed(settings: &Settings, key: &str, value: &str) -> Result<Settings, Failure> {
    let mut members = members(settings);
    let name = known(&members, key)?;
    members.insert(name, read(value));
    serde_json::from_value(members.into())
        .map_err(|_| Failure::usage(&format!("{key} cannot have this value; nothing was changed")))
}

fn members(settings: &Settings) -> Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(members)) => members,
        // A struct of plain members is an object.
        _ => Map::new(),
    }
}

/// Names are written with dashes here, as everywhere on a command line.
fn known(members: &Map<String, Value>, key: &str) -> Result<String, Failure> {
    let name = key.replace('-', "_");
    if members.contains_key(&name) {
        return Ok(name);
    }
    let names: Vec<_> = members.keys().map(|name| dashed(name)).collect();
    Err(Failure::usage(&format!(
        "there is no such setting; there are {}",
        names.join(", ")
    )))
}

fn read(value: &str) -> Value {
    match value {
        "none" => Value::Null,
        "on" => true.into(),
        "off" => false.into(),
        text => text.parse::<u32>().map_or_else(|_| text.into(), Into::into),
    }
}

fn line((name, value): (&String, &Value)) -> String {
    let value = match value {
        Value::Null => "none".to_owned(),
        Value::Bool(true) => "on".to_owned(),
        Value::Bool(false) => "off".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    format!("{:<19} {value}", dashed(name))
}

fn dashed(name: &str) -> String {
    name.replace('_', "-")
}

#[cfg(test)]
mod tests {
    use countersign_core::Theme;

    use super::*;

    #[test]
    fn a_setting_is_changed_by_its_name_and_its_value() {
        let change = |key, value| changed(&Settings::default(), key, value);
        assert_eq!(change("theme", "dark").unwrap().theme, Theme::Dark);
        assert_eq!(
            change("lock-after-minutes", "5").unwrap().lock_after_minutes,
            Some(5)
        );
        assert_eq!(change("history_days", "none").unwrap().history_days, None);
        assert!(!change("close-to-tray", "off").unwrap().close_to_tray);
        assert_eq!(
            change("language", "pt-BR").unwrap().language.as_deref(),
            Some("pt-BR")
        );
    }

    #[test]
    fn what_is_no_setting_or_no_value_of_it_is_refused_with_what_there_is() {
        let refused = |key, value| changed(&Settings::default(), key, value).unwrap_err().message;
        assert!(refused("volume", "3").contains("lock-after-minutes"));
        for (key, value) in [
            ("theme", "sepia"),
            ("close-to-tray", "maybe"),
            ("history-days", "-1"),
            ("theme", "none"),
        ] {
            assert!(
                refused(key, value).contains("nothing was changed"),
                "{key} {value}"
            );
        }
    }

    #[test]
    fn settings_are_printed_as_they_are_typed() {
        let text: Vec<_> = members(&Settings::default()).iter().map(line).collect();
        assert!(text.contains(&"close-to-tray       on".to_owned()), "{text:?}");
        assert!(text.contains(&"lock-after-minutes  none".to_owned()), "{text:?}");
        assert!(
            text.contains(&"theme               system".to_owned()),
            "{text:?}"
        );
    }
}
