//! The JWT by which a device authenticates each request (section 4).
//!
//! `kid` is the factor's credential SID and `sub` the account; the token names neither a factor nor a URL, so a
//! server finds the key by `kid` and then holds the factor it belongs to against the path.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    jws::{CompactJws, JwsError},
    keys::PublicKey,
};

/// How long a device's JWT is valid, in seconds.
pub const LIFETIME: i64 = 600;

/// How far a device's clock may be from the server's, in seconds either way.
pub const LEEWAY: i64 = 120;

/// `cty` of a device JWT. An access token has another, so neither passes for the other.
pub const CONTENT_TYPE: &str = "twilio-pba;v=1";

/// The bytes to sign for a request sent at `now`, corrected by what is known of the server's clock.
pub fn signing_input(credential_sid: &str, account_sid: &str, now: Timestamp) -> String {
    #[derive(Serialize)]
    struct Header<'a> {
        cty: &'a str,
        kid: &'a str,
        typ: &'a str,
        alg: &'a str,
    }
    #[derive(Serialize)]
    struct Claims<'a> {
        sub: &'a str,
        exp: i64,
        nbf: i64,
    }
    let header = Header {
        cty: CONTENT_TYPE,
        kid: credential_sid,
        typ: "JWT",
        alg: "ES256",
    };
    let claims = Claims {
        sub: account_sid,
        exp: now.as_second() + LIFETIME,
        nbf: now.as_second(),
    };
    crate::jws::signing_input(crate::json::raw(&header).get(), crate::json::raw(&claims).get())
}

/// A device JWT that has been read, and not verified yet: enough to look up the key.
#[derive(Debug)]
pub struct DeviceJwt<'a> {
    /// The credential SID of the factor whose key should have signed.
    pub kid: String,
    sub: String,
    exp: i64,
    nbf: i64,
    jws: CompactJws<'a>,
}

impl<'a> DeviceJwt<'a> {
    /// Reads a token.
    ///
    /// # Errors
    /// [`DeviceJwtError::Jws`], [`DeviceJwtError::Kind`] or [`DeviceJwtError::Claim`].
    pub fn parse(text: &'a str) -> Result<Self, DeviceJwtError> {
        let jws = CompactJws::parse(text)?;
        if jws.header.text("cty").as_deref() != Some(CONTENT_TYPE) {
            return Err(DeviceJwtError::Kind);
        }
        let text = |members: &crate::json::Members, name| members.text(name).filter(|text| !text.is_empty());
        Ok(Self {
            kid: text(&jws.header, "kid").ok_or(DeviceJwtError::Claim { name: "kid" })?,
            sub: text(&jws.payload, "sub").ok_or(DeviceJwtError::Claim { name: "sub" })?,
            exp: jws
                .payload
                .integer("exp")
                .ok_or(DeviceJwtError::Claim { name: "exp" })?,
            nbf: jws
                .payload
                .integer("nbf")
                .ok_or(DeviceJwtError::Claim { name: "nbf" })?,
            jws,
        })
    }

    /// Checks the signature, then the account, then the times.
    ///
    /// # Errors
    /// The first of these that does not hold.
    pub fn verify(&self, key: &PublicKey, account_sid: &str, now: Timestamp) -> Result<(), DeviceJwtError> {
        self.jws.verify(key)?;
        if self.sub != account_sid {
            return Err(DeviceJwtError::Subject);
        }
        let now = now.as_second();
        let life = self.exp.checked_sub(self.nbf).ok_or(DeviceJwtError::Lifetime)?;
        if !(1..=LIFETIME).contains(&life) {
            Err(DeviceJwtError::Lifetime)
        } else if self.nbf > now + LEEWAY {
            Err(DeviceJwtError::NotYetValid)
        } else if self.exp < now - LEEWAY {
            Err(DeviceJwtError::Expired)
        } else {
            Ok(())
        }
    }
}

/// Why a device JWT is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeviceJwtError {
    /// Not a JWS, or its signature is wrong.
    #[error(transparent)]
    Jws(#[from] JwsError),
    /// `cty` is not that of a device JWT.
    #[error("the token is not a device token (cty {CONTENT_TYPE})")]
    Kind,
    /// A claim is missing or has the wrong type.
    #[error("the token has no usable {name}")]
    Claim {
        /// Which.
        name: &'static str,
    },
    /// `sub` is not the factor's account.
    #[error("the token is for another account")]
    Subject,
    /// It lives longer than ten minutes, or not at all.
    #[error("the token's life is not between 1 and {LIFETIME} seconds")]
    Lifetime,
    /// Its clock is ahead of ours.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// It has expired.
    #[error("the token has expired")]
    Expired,
}
