//! Pages that renew themselves: the script asks for the same page again and says what it knows, and the answer waits
//! until there is news, like any other request that wishes to.

use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use maud::{Markup, html};

use crate::{
    app::App,
    store::changes::Watch,
    waiting::{Hold, Tag, Wish},
};

/// One look at what a page shows.
pub(super) struct Sight {
    /// Names what was seen.
    pub(super) tag: Tag,
    /// When it changes by itself.
    pub(super) ends: Option<Timestamp>,
    /// The page.
    pub(super) page: Markup,
}

/// Looks, and looks again while all that is to be seen is what the request knows already. No more than a few requests
/// wait for the same `key`; the script asks more slowly when it was not held.
pub(super) async fn answer<E, Look: Future<Output = Result<Sight, E>>>(
    app: &App,
    wish: Wish,
    key: &str,
    watch: Watch,
    look: impl Fn() -> Look,
) -> Result<Response, E> {
    let mut hold = Hold::begin(app, wish, key, watch);
    loop {
        let Sight { tag, ends, page } = look().await?;
        if !hold.again(app, &tag, ends).await {
            let changed = (!hold.knows(&tag)).then(|| page.into_response());
            return Ok(hold.answer(&tag, changed));
        }
    }
}

/// The part of a page that is renewed. `says` is what a screen reader is told when it has changed.
pub(super) fn part(tag: &Tag, says: &str, content: &Markup) -> Markup {
    html! { div id="live" data-tag=(tag.as_str()) data-says=(says) { (content) } }
}

/// Says how the page renews itself; without a script, it is asked for again by hand.
pub(super) fn note() -> Markup {
    html! {
        p.small.muted.live-note {
            a href="" data-refresh { "Refresh" }
            span id="live-state" hidden { "Updates by itself" }
        }
    }
}
