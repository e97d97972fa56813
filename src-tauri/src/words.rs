//! What the program itself says to people, in the tray and in notifications: the texts of `ui/src/locales`, which the
//! page reads as well. Nothing that a person reads is written anywhere else in this package.

use std::{borrow::Cow, sync::LazyLock};

use countersign_core::Authenticator;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use tauri::{AppHandle, Manager};
use tokio::sync::watch;

/// A language that there are texts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Language(usize);

impl Language {
    /// What everything is written in first, and what is said where nothing else is understood.
    pub(crate) const ENGLISH: Self = Self(0);

    /// The first that there are texts in, of those that are wanted: language tags such as "pt-BR".
    fn first_of<T: AsRef<str>>(wanted: impl IntoIterator<Item = T>) -> Self {
        wanted
            .into_iter()
            .find_map(|tag| {
                let language = tag.as_ref().split(['-', '_', '.', '@']).next()?;
                TEXTS
                    .iter()
                    .position(|text| text.tag.eq_ignore_ascii_case(language))
            })
            .map_or(Self::ENGLISH, Self)
    }

    /// The name of the language among the tags of the web: "pt".
    pub(crate) fn tag(self) -> &'static str {
        TEXTS[self.0].tag
    }
}

type Bundle = FluentBundle<FluentResource>;

struct Text {
    tag: &'static str,
    /// Read when the language is first spoken.
    bundle: LazyLock<Bundle>,
}

macro_rules! texts {
    ($($tag:literal),*) => {
        [$(Text {
            tag: $tag,
            bundle: LazyLock::new(|| bundle($tag, include_str!(concat!("../../ui/src/locales/", $tag, ".ftl")))),
        }),*]
    };
}

static TEXTS: [Text; 7] = texts!["en", "de", "es", "fr", "pt", "ja", "ar"];

fn bundle(tag: &str, source: &str) -> Bundle {
    // What can be read of a damaged file is better than nothing; a test finds the damage.
    let texts = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(readable, _)| readable);
    let mut bundle = Bundle::new_concurrent(tag.parse().into_iter().collect());
    // A name in a text that runs the other way would be torn apart. Elsewhere no invisible marks are needed.
    bundle.set_use_isolating(tag == "ar");
    bundle.add_resource_overriding(texts);
    bundle
}

/// The text `id` in `language`, with its variables filled in. A text that has not been translated yet is said in
/// English; one that there is not is a fault of ours, and the key is better than nothing.
pub(crate) fn t(language: Language, id: &str, args: &[(&str, FluentValue<'_>)]) -> String {
    let args: FluentArgs<'_> = args
        .iter()
        .map(|(name, value)| (Cow::Borrowed(*name), value.clone()))
        .collect();
    for Language(index) in [language, Language::ENGLISH] {
        let bundle = &TEXTS[index].bundle;
        if let Some(pattern) = bundle.get_message(id).and_then(|text| text.value()) {
            let mut faults = Vec::new();
            let text = bundle.format_pattern(pattern, Some(&args), &mut faults);
            for fault in faults {
                tracing::error!(%fault, id, "a text lacks something");
            }
            return text.into_owned();
        }
    }
    tracing::error!(id, "there is no such text");
    id.to_owned()
}

/// The language that the program speaks now.
struct Spoken(watch::Sender<Language>);

/// Speaks the language with this tag from now on, or the system's.
pub(crate) fn speak(app: &AppHandle, wanted: Option<&str>) {
    let language = match wanted {
        Some(tag) => Language::first_of([tag]),
        None => Language::first_of(sys_locale::get_locales()),
    };
    match app.try_state::<Spoken>() {
        Some(spoken) => {
            spoken.0.send_if_modified(|now| {
                let other = *now != language;
                *now = language;
                other
            });
        }
        None => {
            app.manage(Spoken(watch::Sender::new(language)));
        }
    }
}

/// Speaks the language that the person chose. Settings that cannot be read change nothing.
pub(crate) async fn speak_as_chosen(app: &AppHandle, authenticator: &Authenticator) {
    match authenticator.settings().await {
        Ok(settings) => speak(app, settings.language.as_deref()),
        Err(error) => tracing::warn!(%error, "the chosen language is not known"),
    }
}

/// The language that the program speaks.
pub(crate) fn language(app: &AppHandle) -> Language {
    app.try_state::<Spoken>()
        .map_or(Language::ENGLISH, |spoken| *spoken.0.borrow())
}

/// Tells whenever the program begins to speak another language.
pub(crate) fn changed(app: &AppHandle) -> watch::Receiver<Language> {
    if app.try_state::<Spoken>().is_none() {
        speak(app, None);
    }
    app.state::<Spoken>().0.subscribe()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str) -> Language {
        let found = Language::first_of([tag]);
        assert_eq!(found.tag(), tag);
        found
    }

    #[test]
    fn the_first_wanted_language_that_there_are_texts_in_is_spoken() {
        for (wanted, spoken) in [
            (&["de-AT", "en"][..], "de"),
            (&["pt_BR.UTF-8"], "pt"),
            (&["nl", "fr-CA", "de"], "fr"),
            (&["PT"], "pt"),
            (&["C"], "en"),
            (&["pts"], "en"),
            (&[""], "en"),
            (&[], "en"),
        ] {
            assert_eq!(Language::first_of(wanted).tag(), spoken, "{wanted:?}");
        }
    }

    #[test]
    fn every_file_of_texts_can_be_read() {
        for text in &TEXTS {
            let path = format!(
                "{}/../ui/src/locales/{}.ftl",
                env!("CARGO_MANIFEST_DIR"),
                text.tag
            );
            let source = std::fs::read_to_string(path).unwrap();
            if let Err((_, faults)) = FluentResource::try_new(source) {
                panic!("{}.ftl: {faults:?}", text.tag);
            }
        }
    }

    #[test]
    fn counts_take_the_form_that_the_language_has_for_them() {
        let inbox = |tag, count: usize| t(language(tag), "tray-open", &[("count", count.into())]);
        assert_eq!(inbox("en", 0), "Open inbox");
        assert_eq!(inbox("en", 2), "Open inbox (2)");
        let minutes = |tag, count: usize| t(language(tag), "duration-minutes", &[("count", count.into())]);
        assert_eq!([minutes("en", 1), minutes("en", 2)], ["1 minute", "2 minutes"]);
        assert_eq!([minutes("fr", 0), minutes("fr", 2)], ["0 minute", "2 minutes"]);
        assert_eq!(minutes("ja", 1), "1 分");
        assert_eq!(minutes("ar", 2), "دقيقتان");
        // Among letters that run the other way, what is filled in is kept together; its digits are the keyboard's.
        assert_eq!(minutes("ar", 11), "\u{2068}11\u{2069} دقيقة");
    }

    #[test]
    fn a_text_that_is_missing_is_its_key() {
        assert_eq!(t(language("en"), "no-such-text", &[]), "no-such-text");
    }
}
