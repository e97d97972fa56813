//! Paging: the `meta` object of every list (section 9.0).

use serde::{Deserialize, Serialize};

/// The `meta` of a list. URLs are absolute and carry the filters, because clients follow them as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageMeta {
    /// Number of this page, from 0; state of the client only.
    pub page: u32,
    /// How many items a page holds at most: 1 to 1000.
    pub page_size: u32,
    /// URL of the first page.
    #[serde(default)]
    pub first_page_url: String,
    /// URL of the page before, `null` on the first.
    #[serde(default)]
    pub previous_page_url: Option<String>,
    /// URL of this page.
    #[serde(default)]
    pub url: String,
    /// URL of the next page, `null` on the last.
    #[serde(default)]
    pub next_page_url: Option<String>,
    /// Name of the member that holds the items; the Python library cannot read a page without it.
    #[serde(default)]
    pub key: String,
}

impl PageMeta {
    /// The opaque `PageToken` in a page's URL.
    pub fn token_of(url: &str) -> Option<String> {
        let url = url::Url::parse(url).ok()?;
        url.query_pairs()
            .find(|(name, _)| name.eq_ignore_ascii_case("PageToken"))
            .map(|(_, token)| token.into_owned())
    }
}

/// The parameters of a list request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// `PageSize`: 1 to 1000, 50 if not given.
    pub size: u32,
    /// `Page`: only echoed.
    pub number: u32,
    /// `PageToken`, or iOS's `pageToken`: where the page begins.
    pub token: Option<String>,
}

impl PageRequest {
    /// Reads `PageSize`, `Page` and `PageToken` from a query.
    ///
    /// # Errors
    /// The API's own errors 60373 and 60374; a token is only checked for its length here.
    pub fn from_form(query: &crate::form::Form) -> Result<Self, crate::error::ApiError> {
        use crate::error::{ApiError, ErrorCode};
        let invalid = |code, text: String| ApiError::new(code, text);
        let size = match one(query, "PageSize")? {
            None => 50,
            Some(text) => text
                .parse()
                .ok()
                .filter(|size| (1..=1000).contains(size))
                .ok_or_else(|| {
                    invalid(
                        ErrorCode::PageSize,
                        "PageSize must be a number from 1 to 1000".into(),
                    )
                })?,
        };
        let number = match one(query, "Page")? {
            None => 0,
            Some(text) => text
                .parse()
                .map_err(|_| invalid(ErrorCode::InvalidRequest, "Page must be a number from 0".into()))?,
        };
        let token = match one(query, "PageToken")? {
            None => one(query, "pageToken")?,
            some => some,
        };
        match token {
            Some(token) if token.is_empty() || token.len() > 255 => Err(invalid(
                ErrorCode::PageToken,
                "PageToken is not one that this server gave out".into(),
            )),
            token => Ok(Self {
                size,
                number,
                token: token.map(str::to_owned),
            }),
        }
    }
}

fn one<'a>(
    query: &'a crate::form::Form,
    name: &'static str,
) -> Result<Option<&'a str>, crate::error::ApiError> {
    query.one(name).map_err(|error| {
        crate::error::ApiError::new(crate::error::ErrorCode::InvalidRequest, error.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;

    fn read(query: &str) -> Result<PageRequest, u32> {
        PageRequest::from_form(&Form::parse(query.as_bytes()).unwrap()).map_err(|error| error.code)
    }

    #[test]
    fn defaults_and_limits_are_those_of_the_api() {
        assert_eq!(
            read(""),
            Ok(PageRequest {
                size: 50,
                number: 0,
                token: None
            })
        );
        assert_eq!(
            read("PageSize=1000&Page=3").map(|page| (page.size, page.number)),
            Ok((1000, 3))
        );
        for query in [
            "PageSize=0",
            "PageSize=1001",
            "PageSize=-1",
            "PageSize=x",
            "PageSize=",
        ] {
            assert_eq!(read(query), Err(60373), "{query}");
        }
        assert_eq!(read("PageToken="), Err(60374));
        assert_eq!(read("Page=-1"), Err(60306));
    }

    #[test]
    fn the_page_token_of_ios_is_read_too() {
        assert_eq!(
            read("pageToken=DNabc").map(|page| page.token),
            Ok(Some("DNabc".to_owned()))
        );
        assert_eq!(
            PageMeta::token_of("https://h/v2/x?PageSize=2&PageToken=DN%2B1"),
            Some("DN+1".to_owned())
        );
        assert_eq!(PageMeta::token_of("not a url"), None);
    }
}
