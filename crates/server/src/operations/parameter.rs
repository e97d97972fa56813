//! One parameter of a query or a body: its name, its limits, and what is answered when it breaks them.

use countersign_protocol::error::ErrorCode;

/// A parameter as the document describes it.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: &'static str,
    /// A second name, which some client writes.
    pub alias: Option<&'static str>,
    /// What it may be.
    pub kind: Kind,
    /// Whether it has to be there.
    pub required: bool,
    /// What is answered if it is none of what it may be.
    pub refused: ErrorCode,
    /// A value that will do.
    pub example: &'static str,
    /// What it means, and what it is if it is not given.
    pub description: &'static str,
}

/// What a parameter may be.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A text of so many characters.
    Text {
        /// Fewest.
        least: u32,
        /// Most.
        most: u32,
    },
    /// A whole number between two bounds, both included.
    Number {
        /// Lowest.
        least: u32,
        /// Highest.
        most: u32,
    },
    /// One of these words.
    Word(&'static [&'static str]),
    /// One or more of these words, each sent as a parameter of its own.
    Words(&'static [&'static str]),
    /// `true` or `false`.
    Flag,
    /// An identifier that begins with these letters.
    Sid(&'static str),
    /// A date and time in UTC.
    Date,
    /// An address.
    Url,
    /// A JSON object of texts, of at most so many characters.
    Texts {
        /// Most.
        most: u32,
    },
    /// JSON objects with `label` and `value`, each sent as a parameter of its own.
    Fields,
    /// Texts of at most so many characters, separated by commas or each sent as a parameter of its own.
    List {
        /// Most characters of one.
        most: u32,
    },
    /// An identity.
    Identity,
    /// A text that only its maker reads: a key, a proof, a place in a list. At most so many characters.
    Opaque {
        /// Most.
        most: u32,
    },
}

impl Parameter {
    /// A parameter that may be left out.
    pub const fn new(
        name: &'static str,
        kind: Kind,
        refused: ErrorCode,
        example: &'static str,
        description: &'static str,
    ) -> Self {
        Self {
            name,
            alias: None,
            kind,
            required: false,
            refused,
            example,
            description,
        }
    }

    /// The same, but it has to be there.
    pub const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    /// The same, under a second name as well.
    pub const fn or(self, alias: &'static str) -> Self {
        Self {
            alias: Some(alias),
            ..self
        }
    }
}

/// Which page of a list.
pub(crate) const PAGING: &[Parameter] = &[
    Parameter::new(
        "PageSize",
        Kind::Number { least: 1, most: 1000 },
        ErrorCode::PageSize,
        "50",
        "How many items a page has at most. 50 if not given.",
    ),
    Parameter::new(
        "Page",
        Kind::Number {
            least: 0,
            most: u32::MAX,
        },
        ErrorCode::InvalidRequest,
        "0",
        "The number of the page. It is only given back: where a page begins is said by PageToken.",
    ),
    Parameter::new(
        "PageToken",
        Kind::Opaque { most: 255 },
        ErrorCode::PageToken,
        "",
        "Where the page begins, as the URLs in `meta` say it. The name `pageToken` is read too.",
    )
    .or("pageToken"),
];
