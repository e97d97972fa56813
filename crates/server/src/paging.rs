//! Lists in pages (section 9.0 of the Verify Push protocol notes).

use countersign_protocol::{
    error::ErrorCode,
    form::Form,
    page::{PageMeta, PageRequest},
};

use crate::{
    answer::Refusal,
    server_key::{Purpose, ServerKey},
    store::{Page, Position},
};

/// A list that is asked for, page by page.
pub struct Listing<'a> {
    key: &'a ServerKey,
    url: String,
    filters: Form,
    page: PageRequest,
    /// Where the page that is asked for begins.
    pub position: Position,
    /// How many items it has at most.
    pub size: u32,
}

impl<'a> Listing<'a> {
    /// Reads which page of the list at `url` is asked for. `filters` are repeated in every URL of the answer.
    ///
    /// # Errors
    /// 400: 60373 for the size, 60374 for a token that this server did not give out for this list.
    pub fn read(key: &'a ServerKey, url: String, query: &Form, filters: Form) -> Result<Self, Refusal> {
        let page = PageRequest::from_form(query)?;
        let position = match &page.token {
            None => Position::Start,
            Some(token) => open(key, &url, token).ok_or_else(|| {
                Refusal::new(
                    ErrorCode::PageToken,
                    "PageToken is not one that this server gave out for this list",
                )
            })?,
        };
        Ok(Self {
            key,
            url,
            filters,
            position,
            size: page.size,
            page,
        })
    }

    /// The `meta` of the answer, whose items are called `name`.
    pub fn meta<T>(&self, name: &str, loaded: &Page<T>) -> PageMeta {
        let number = self.page.number;
        let neighbour =
            |position: Position, number| self.page_url(number, Some(&seal(self.key, &self.url, position)));
        PageMeta {
            page: number,
            page_size: self.size,
            first_page_url: self.page_url(0, None),
            previous_page_url: loaded
                .previous
                .map(|position| neighbour(position, number.saturating_sub(1))),
            url: self.url(),
            next_page_url: loaded
                .next
                .map(|position| neighbour(position, number.saturating_add(1))),
            key: name.to_owned(),
        }
    }

    /// The URL of the page that is asked for, as this server writes it.
    pub fn url(&self) -> String {
        self.page_url(self.page.number, self.page.token.as_deref())
    }

    fn page_url(&self, number: u32, token: Option<&str>) -> String {
        let mut query = self.filters.clone();
        query.push("PageSize", self.size.to_string());
        query.push("Page", number.to_string());
        query.push_some("PageToken", token);
        format!("{}?{}", self.url, query.encode())
    }
}

/// A token is sealed, so that it tells nobody how many rows there are, and is good for its own list only.
fn seal(key: &ServerKey, url: &str, position: Position) -> String {
    let (side, id) = match position {
        Position::Start => (b'S', 0),
        Position::After(id) => (b'A', id),
        Position::Before(id) => (b'B', id),
    };
    let mut text = vec![side];
    text.extend(id.to_be_bytes());
    key.seal_text(Purpose::Page(url), &text)
}

fn open(key: &ServerKey, url: &str, token: &str) -> Option<Position> {
    let text = key.open_text(Purpose::Page(url), token)?;
    let (side, id) = text.split_first()?;
    let id = i64::from_be_bytes(id.try_into().ok()?);
    match side {
        b'S' => Some(Position::Start),
        b'A' => Some(Position::After(id)),
        b'B' => Some(Position::Before(id)),
        _ => None,
    }
}
