//! How a page looks: the frame around every one of them, and the few pieces that several are made of.
//!
//! Text from outside reaches a page in one way only: as a value in a [`maud`] template, which escapes it.

use axum::http::StatusCode;
use countersign_protocol::{date, form::Form, page::PageMeta, plain, resources::challenge::ChallengeStatus};
use jiff::Timestamp;
use maud::{DOCTYPE, Markup, html};

use super::{
    action::FORM_TOKEN,
    paths::{PATH, SIGN_IN},
    session::Session,
};
use crate::app::App;

/// How many rows a list of the console has on one page.
pub(super) const ROWS: &str = "25";

/// A page for somebody who is signed in.
pub(super) struct Page<'a> {
    session: &'a Session,
    now: Timestamp,
    title: String,
    above: Vec<(String, String)>,
    notice: Option<&'static str>,
    trouble: Option<String>,
}

impl<'a> Page<'a> {
    /// A page with this heading.
    pub(super) fn new(app: &App, session: &'a Session, title: impl Into<String>) -> Self {
        Self {
            session,
            now: app.now(),
            title: title.into(),
            above: vec![("Services".to_owned(), PATH.to_owned())],
            notice: None,
            trouble: None,
        }
    }

    /// Below the page with this name at this path, and those named before.
    pub(super) fn below(mut self, name: impl Into<String>, path: String) -> Self {
        self.above.push((name.into(), path));
        self
    }

    /// With a sentence about what has just been done.
    pub(super) fn after(mut self, query: &Form) -> Self {
        self.notice = query.one("done").ok().flatten().and_then(notice);
        self
    }

    /// With a sentence about what could not be done.
    pub(super) fn because(mut self, trouble: Option<String>) -> Self {
        self.trouble = trouble;
        self
    }

    /// The page around what it holds.
    pub(super) fn show(self, main: &Markup) -> Markup {
        let is_first = self.title == "Services" && self.above.len() == 1;
        let frame = html! {
            @if !is_first {
                nav.crumbs aria-label="Where you are" {
                    ol { @for (name, path) in &self.above { li { a href=(path) { (plain::line(name)) } } } }
                }
            }
            @if let Some(notice) = self.notice { p.notice role="status" { (notice) } }
            @if let Some(trouble) = &self.trouble { p.notice.trouble role="alert" { (trouble) } }
            (main)
        };
        document(&self.title, Some(self.now), Some(self.session), &frame)
    }
}

/// The sentences for what was done: a page is only ever asked for one of them by name.
fn notice(name: &str) -> Option<&'static str> {
    Some(match name {
        "created" => "Created.",
        "saved" => "Saved.",
        "revoked" => "Revoked. This device can neither read nor answer any more.",
        "deleted" => "Deleted.",
        "resent" => "It will be sent again at once.",
        "tried" => "It is tried at once, with one delivery.",
        _ => return None,
    })
}

/// What stands in the head of every page, whatever its title.
pub(super) fn head() -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta name="color-scheme" content="light dark";
        meta name="robots" content="noindex";
        link rel="icon" href={ (PATH) "/icon.svg" };
        link rel="stylesheet" href={ (PATH) "/console.css" };
        script src={ (PATH) "/console.js" } defer {}
    }
}

/// A whole document.
pub(super) fn document(
    title: &str,
    now: Option<Timestamp>,
    session: Option<&Session>,
    main: &Markup,
) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                (head())
                title { (plain::line(title)) " · Countersign console" }
            }
            body data-now=[now.map(Timestamp::as_second)] {
                a.skip href="#main" { "Skip to the content" }
                header.bar {
                    a.brand href=(PATH) { (mark()) "Countersign " span.muted { "console" } }
                    @if let Some(session) = session {
                        form.who method="post" action={ (PATH) "/sign-out" } {
                            (form_token(session))
                            span.muted title="The account you are signed in with" { code { (session.account) } }
                            button.quiet { "Sign out" }
                        }
                    }
                }
                main id="main" tabindex="-1" { (main) }
                p.visually-hidden id="news" role="status" {}
            }
        }
    }
}

/// The page that a refused request gets.
pub(super) fn refusal(status: StatusCode, message: &str) -> Markup {
    let (title, text) = match status {
        StatusCode::NOT_FOUND => (
            "There is nothing here",
            "What you asked for does not exist, or does not belong to this account.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => ("This cannot be done here", "Nothing was changed."),
        status if status.is_server_error() => (
            "The server failed",
            "Nothing was changed. The server's log says why. Try again in a moment.",
        ),
        StatusCode::TOO_MANY_REQUESTS => ("Too many attempts", message),
        _ => ("This was refused", message),
    };
    let main = html! {
        h1 { (title) }
        p { (text) }
        p { a href=(PATH) { "Go to your services" } }
    };
    document(title, None, None, &main)
}

/// The page for whoever is not signed in.
pub(super) fn sign_in(back: &str, account: &str, trouble: Option<&str>) -> Markup {
    let main = html! {
        div.entrance {
            h1 { "Sign in" }
            p.muted { "With the account that your product uses for the API." }
            @if let Some(trouble) = trouble { p.notice.trouble role="alert" { (trouble) } }
            form.card.stack method="post" action=(SIGN_IN) {
                input type="hidden" name="back" value=(back);
                label for="account" { "Account SID" }
                input id="account" name="account" value=(account) required autofocus[trouble.is_none()]
                    autocomplete="username" autocapitalize="none" spellcheck="false" placeholder="AC…";
                label for="auth-token" { "Auth token" }
                input id="auth-token" name="auth_token" type="password" required autofocus[trouble.is_some()]
                    autocomplete="current-password";
                button.primary { "Sign in" }
            }
            p.small.muted {
                "No account yet? " code { "countersign-server account create" } " makes one and prints both."
            }
        }
    };
    document("Sign in", None, None, &main)
}

fn mark() -> Markup {
    html! {
        svg.mark viewBox="0 0 32 32" aria-hidden="true" {
            path.ring d="M20.6 6.4A10.8 10.8 0 1 0 26.5 13.6" {}
            path d="M10.6 16.2l4.6 4.6L27 7.6" {}
        }
    }
}

/// What every form of a session begins with.
pub(super) fn form_token(session: &Session) -> Markup {
    html! { input type="hidden" name=(FORM_TOKEN) value=(session.form_token()); }
}

/// A moment, to the second and in UTC, which is also what the API says.
pub(super) fn time(at: Timestamp) -> Markup {
    let text = date::format(at);
    let words = text.replace('T', " ").replace('Z', " UTC");
    html! { time.number datetime=(text) { (words) } }
}

/// How long a pending challenge can still be answered, by the server's clock.
pub(super) fn time_left(ends: Timestamp, now: Timestamp) -> Markup {
    let left = ends.duration_since(now).as_secs().max(0);
    html! {
        span.number data-ends=(ends.as_second()) { (format!("{}:{:02} left", left / 60, left % 60)) }
    }
}

/// A status in words, with a sign that is not colour alone.
pub(super) fn status(status: ChallengeStatus) -> Markup {
    let (class, word) = match status {
        ChallengeStatus::Pending => ("open", "Pending"),
        ChallengeStatus::Approved => ("good", "Approved"),
        ChallengeStatus::Denied => ("bad", "Denied"),
        ChallengeStatus::Expired => ("over", "Expired"),
    };
    chip(class, word)
}

/// A word with a sign: `good`, `bad`, `open` or `over`.
pub(super) fn chip(class: &str, word: &str) -> Markup {
    html! { span class={ "chip " (class) } { (word) } }
}

/// A text to copy, shown in full. The button is there only where a browser can copy.
pub(super) fn copyable(id: &str, name: &str, text: &str) -> Markup {
    html! {
        span.copyable {
            code id=(id) { (text) }
            (copy_button(id, name))
        }
    }
}

/// Copies the text of the element with this id.
pub(super) fn copy_button(id: &str, name: &str) -> Markup {
    html! { button.small.copy type="button" data-copy=(id) hidden aria-label={ "Copy " (name) } { "Copy" } }
}

/// A table that scrolls by itself where it is wider than the page, and can be scrolled by keyboard.
pub(super) fn table(name: &str, columns: &[&str], rows: &Markup) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(name) {
            table {
                thead {
                    tr {
                        @for column in columns {
                            @if column.is_empty() { td {} } @else { th scope="col" { (column) } }
                        }
                    }
                }
                tbody { (rows) }
            }
        }
    }
}

/// What stands where a list would be, with what to do next.
pub(super) fn empty(what: &str, next: &Markup) -> Markup {
    html! { div.empty { p { strong { (what) } } p { (next) } } }
}

/// The choice of a status for a list: all, or those of one. `here` is the page without a choice.
pub(super) fn choices(name: &str, here: &str, statuses: &[&str], chosen: Option<&str>) -> Markup {
    html! {
        nav.choices aria-label=(name) {
            ul {
                li { a id="choice-all" href=(here) aria-current=[chosen.is_none().then_some("true")] { "All" } }
                @for status in statuses {
                    li {
                        a id={ "choice-" (status) } href={ (here) "?Status=" (status) }
                            aria-current=[(chosen == Some(status)).then_some("true")] { (capital(status)) }
                    }
                }
            }
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + letters.as_str()
    })
}

/// The ways to the pages before and behind this one, if there are any.
pub(super) fn pager(meta: &PageMeta) -> Markup {
    if meta.previous_page_url.is_none() && meta.next_page_url.is_none() {
        return html! {};
    }
    html! {
        nav.pager aria-label="Pages" {
            @if let Some(url) = &meta.previous_page_url { a href=(url) rel="prev" { "← Previous" } }
            @if let Some(url) = &meta.next_page_url { a href=(url) rel="next" { "Next →" } }
        }
    }
}
