//! Windows: toasts of our own making. What serves the other systems gives a toast no name, and only by its name it can
//! be taken back: it would stay in the Action Center, with all that it says, behind every lock.

use notify_rust::NotificationResponse;
use tauri::AppHandle;
use windows::{
    Data::Xml::Dom::{XmlDocument, XmlElement},
    Foundation::TypedEventHandler,
    UI::Notifications::{ToastActivatedEventArgs, ToastNotification, ToastNotificationManager},
    core::{HSTRING, IInspectable, Interface, Ref, Result, h},
};

use super::{Buttons, Notice, Place, unguessable};

/// Under which all of this program's toasts are.
const GROUP: &HSTRING = h!("requests");

/// The name that the system itself brings along. A build that is not installed has none of its own, and a toast under
/// a name that is not registered is never shown.
const NOT_INSTALLED: &str = r"{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\WindowsPowerShell\v1.0\powershell.exe";

/// What the system knows a toast by.
pub(in crate::doorbell) struct Shown {
    program: HSTRING,
    tag: HSTRING,
}

pub(in crate::doorbell) async fn show(app: &AppHandle, notice: Notice) -> Option<Shown> {
    let shown = Shown {
        program: program(app),
        tag: unguessable()?.into(),
    };
    let app = app.clone();
    let showing = tauri::async_runtime::spawn_blocking(move || {
        put_up(app, &notice, &shown)
            .inspect_err(|error| tracing::info!(%error, "no notification is shown"))
            .map(|()| shown)
    });
    showing.await.ok()?.ok()
}

pub(in crate::doorbell) async fn withdraw(shown: Shown) {
    let Shown { program, tag } = shown;
    let taking_back = tauri::async_runtime::spawn_blocking(move || {
        ToastNotificationManager::History()?.RemoveGroupedTagWithId(&tag, GROUP, &program)
    });
    if let Ok(Err(error)) = taking_back.await {
        // Most often because the person took it away before.
        tracing::debug!(%error, "a notification could not be taken back");
    }
}

/// Takes back what an earlier run left that could not do so itself.
pub(in crate::doorbell) async fn clear(app: &AppHandle) {
    let program = program(app);
    let clearing = tauri::async_runtime::spawn_blocking(move || {
        ToastNotificationManager::History()?.RemoveGroupWithId(GROUP, &program)
    });
    if let Ok(Err(error)) = clearing.await {
        tracing::debug!(%error, "there is nothing to take back of an earlier run");
    }
}

/// The name under which the installer registers the app.
fn program(app: &AppHandle) -> HSTRING {
    let installed = (!cfg!(debug_assertions)).then_some(app.config().identifier.as_str());
    installed.unwrap_or(NOT_INSTALLED).into()
}

fn put_up(app: AppHandle, notice: &Notice, shown: &Shown) -> Result<()> {
    let buttons = Buttons::of(notice);
    let toast = ToastNotification::CreateToastNotification(&document(notice, &buttons)?)?;
    toast.SetTag(&shown.tag)?;
    toast.SetGroup(GROUP)?;
    toast.Activated(&TypedEventHandler::new(
        move |_: Ref<'_, ToastNotification>, pressed: Ref<'_, IInspectable>| {
            let pressed = pressed.ok()?.cast::<ToastActivatedEventArgs>()?.Arguments()?;
            let response = if pressed.is_empty() {
                NotificationResponse::Default
            } else {
                NotificationResponse::Action(pressed.to_string())
            };
            if let Some(wish) = buttons.wish(&response) {
                wish.grant(&app, Place::Bell);
            }
            Ok(())
        },
    ))?;
    ToastNotificationManager::CreateToastNotifierWithId(&shown.program)?.Show(&toast)
}

/// What a toast says and offers. Texts are set as texts, so that nothing in them is markup.
fn document(notice: &Notice, buttons: &Buttons) -> Result<XmlDocument> {
    let document = XmlDocument::new()?;
    let element = |name: &HSTRING, attributes: &[(&HSTRING, &str)]| -> Result<XmlElement> {
        let element = document.CreateElement(name)?;
        for (name, value) in attributes {
            element.SetAttribute(name, &HSTRING::from(*value))?;
        }
        Ok(element)
    };
    let binding = element(h!("binding"), &[(h!("template"), "ToastGeneric")])?;
    for line in [&notice.summary, &notice.body.join("\n")] {
        let text = element(h!("text"), &[])?;
        text.SetInnerText(&HSTRING::from(line))?;
        binding.AppendChild(&text)?;
    }
    let visual = element(h!("visual"), &[])?;
    visual.AppendChild(&binding)?;
    let actions = element(h!("actions"), &[])?;
    for button in &buttons.buttons {
        let attributes = [
            (h!("content"), button.label.as_str()),
            (h!("arguments"), &button.key),
        ];
        actions.AppendChild(&element(h!("action"), &attributes)?)?;
    }
    let duration = if notice.is_passing { "short" } else { "long" };
    let toast = element(h!("toast"), &[(h!("duration"), duration)])?;
    toast.AppendChild(&visual)?;
    toast.AppendChild(&actions)?;
    document.AppendChild(&toast)?;
    Ok(document)
}
