//! What the API offers, said once: the router, the document at `/openapi.json` and the reading of parameters are
//! all made from these descriptions.
//!
//! [`Routes`] takes no handler without an [`Operation`], and a handler is given the parameters that its operation
//! names and no others. So what the document leaves out does not work, and what it promises is tried by the tests.

use axum::{Extension, Router, handler::Handler, http::Method, routing};
use countersign_protocol::{error::ErrorCode, form::Form};

use crate::{app::SharedApp, openapi::schema::Schema};

mod access_tokens;
mod challenges;
mod deliveries;
mod entities;
mod factors;
mod forms;
mod notifications;
pub mod parameter;
mod server;
mod services;
mod tickets;
mod webhooks;

pub use access_tokens::*;
pub use challenges::*;
pub use deliveries::*;
pub use entities::*;
pub use factors::*;
pub use forms::*;
pub use notifications::*;
pub use parameter::Parameter;
pub use server::*;
pub use services::*;
pub use tickets::*;
pub use webhooks::*;

/// What one method does at one path.
#[derive(Debug)]
pub struct Operation {
    /// Its name for programs: the vendor's where the vendor has it.
    pub id: &'static str,
    /// Under which heading it stands.
    pub group: &'static str,
    /// What it does, in a few words.
    pub summary: &'static str,
    /// What else there is to know.
    pub description: &'static str,
    /// Who may ask; nobody has to say who they are where this is empty.
    pub callers: &'static [Caller],
    /// What it reads from the query.
    pub query: &'static [&'static [Parameter]],
    /// What it reads from the body.
    pub body: &'static [&'static [Parameter]],
    /// What it answers when all goes well.
    pub answer: Answer,
    /// What goes beyond plain requests and answers.
    pub extras: &'static [Extra],
    /// Its own reasons to refuse; [`Operation::refusals`] has all of them.
    pub refusals: &'static [ErrorCode],
}

/// Who asks, by their credentials (section 1.3 of the Verify Push protocol notes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// The issuer's backend: account SID and auth token, or an API key's SID and secret.
    Account,
    /// An enrolled device: `token` and a JWT that it signed.
    Device,
    /// A device that enrols: `token` and the access token.
    AccessToken,
}

/// What comes back.
#[derive(Debug, Clone, Copy)]
pub enum Answer {
    /// 201 and what was made.
    Made(&'static Schema),
    /// 200 and a resource.
    Found(&'static Schema),
    /// 200 and a page of resources, under this name.
    Page(&'static str, &'static Schema),
    /// 204 and nothing.
    Deleted,
}

/// What goes beyond plain requests and answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    /// It may wait for news (docs/protocol.md, E3).
    Waits,
    /// It names the fields that an answer has to sign (section 5.1).
    SignatureFields,
}

impl Operation {
    /// Nothing in particular, for the fields that an operation leaves out.
    pub(crate) const PLAIN: Self = Self {
        id: "",
        group: "",
        summary: "",
        description: "",
        callers: &[Caller::Account],
        query: &[],
        body: &[],
        answer: Answer::Deleted,
        extras: &[],
        refusals: &[],
    };

    /// What it reads from the query.
    pub fn query(&self) -> impl Iterator<Item = &'static Parameter> {
        self.query.iter().copied().flatten()
    }

    /// What it reads from the body.
    pub fn body(&self) -> impl Iterator<Item = &'static Parameter> {
        self.body.iter().copied().flatten()
    }

    /// Every reason to refuse a request at `path`, by number.
    pub fn refusals(&self, path: &str) -> Vec<ErrorCode> {
        let mut codes = self.refusals.to_vec();
        for caller in self.callers {
            codes.extend(caller.refusals());
        }
        if path.contains('{') {
            codes.push(ErrorCode::NotFound);
        }
        if !self.query.is_empty() || !self.body.is_empty() {
            codes.push(ErrorCode::InvalidRequest);
        }
        if !self.body.is_empty() {
            codes.extend([ErrorCode::BodyTooLarge, ErrorCode::Parameter]);
        }
        codes.extend(self.query().chain(self.body()).map(|parameter| parameter.refused));
        codes.sort_unstable_by_key(|code| code.number());
        codes.dedup();
        codes
    }
}

impl Caller {
    fn refusals(self) -> &'static [ErrorCode] {
        match self {
            Self::Account => &[ErrorCode::Authentication, ErrorCode::TooManyRequests],
            Self::Device => &[
                ErrorCode::TokenInvalid,
                ErrorCode::TokenSubject,
                ErrorCode::TokenExpired,
                ErrorCode::TokenNotYetValid,
                ErrorCode::JwtExpiry,
                ErrorCode::NotAJwt,
                ErrorCode::TooManyRequests,
            ],
            Self::AccessToken => &[
                ErrorCode::TokenInvalid,
                ErrorCode::TokenExpired,
                ErrorCode::FactorCreationForbidden,
            ],
        }
    }
}

impl Answer {
    /// The status on the wire.
    pub fn status(self) -> u16 {
        match self {
            Self::Made(_) => 201,
            Self::Found(_) | Self::Page(..) => 200,
            Self::Deleted => 204,
        }
    }
}

/// The parameters that `described` names; a handler never sees others.
pub fn named<'a>(described: impl Iterator<Item = &'a Parameter>, sent: &Form) -> Form {
    let names: Vec<_> = described
        .flat_map(|parameter| [Some(parameter.name), parameter.alias])
        .flatten()
        .collect();
    let pairs = sent.pairs().filter(|(name, _)| names.contains(name));
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// An operation in its place.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// The method.
    pub method: &'static Method,
    /// The path, with the names of its variable parts in braces.
    pub path: &'static str,
    /// What is done.
    pub operation: &'static Operation,
}

/// The route table: where each operation is, and who carries it out.
#[derive(Default)]
pub struct Routes {
    /// All operations, in order.
    pub table: Vec<Route>,
    /// The handlers in their places.
    pub router: Router<SharedApp>,
}

impl Routes {
    /// `GET`.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, handler: H, operation: &'static Operation) -> Self
    where
        H: Handler<T, SharedApp>,
        T: 'static,
    {
        self.add(&Method::GET, path, routing::get(handler), operation)
    }

    /// `POST`.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, handler: H, operation: &'static Operation) -> Self
    where
        H: Handler<T, SharedApp>,
        T: 'static,
    {
        self.add(&Method::POST, path, routing::post(handler), operation)
    }

    /// `DELETE`.
    #[must_use]
    pub fn delete<H, T>(self, path: &'static str, handler: H, operation: &'static Operation) -> Self
    where
        H: Handler<T, SharedApp>,
        T: 'static,
    {
        self.add(&Method::DELETE, path, routing::delete(handler), operation)
    }

    fn add(
        mut self,
        method: &'static Method,
        path: &'static str,
        handler: routing::MethodRouter<SharedApp>,
        operation: &'static Operation,
    ) -> Self {
        self.table.push(Route {
            method,
            path,
            operation,
        });
        self.router = self.router.route(path, handler.route_layer(Extension(operation)));
        self
    }
}
