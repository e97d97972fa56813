//! The error envelope and the codes of the API (sections 9.0 and 9.10).

use serde::{Deserialize, Serialize};

/// What the API answers instead of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message} (code {code})")]
pub struct ApiError {
    /// What went wrong, as a number that programs may act on. Zero where a server sent none.
    #[serde(default)]
    pub code: u32,
    /// What went wrong, in words.
    pub message: String,
    /// Where to read more.
    #[serde(default)]
    pub more_info: String,
    /// The HTTP status once more.
    #[serde(default)]
    pub status: u16,
}

impl ApiError {
    /// An error of the given code, with the status that belongs to it.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code: code.number(),
            message: message.into(),
            more_info: code.more_info(),
            status: code.status(),
        }
    }

    /// 404, in the words that client libraries and people expect. `path` begins with `/Services`, without `/v2`.
    pub fn not_found(path: &str) -> Self {
        Self::new(
            ErrorCode::NotFound,
            format!("The requested resource {path} was not found"),
        )
    }

    /// 400 for a form parameter that has to be there.
    pub fn missing_parameter(name: &str) -> Self {
        Self::new(
            ErrorCode::Parameter,
            format!("Missing required parameter {name} in the post body"),
        )
    }

    /// Reads an envelope out of a body, whatever else it holds; `None` if it is not one.
    pub fn from_body(body: &[u8], status: u16) -> Option<Self> {
        #[derive(Deserialize)]
        struct Envelope {
            code: serde_json::Value,
            message: String,
            #[serde(default)]
            more_info: Option<String>,
        }
        let envelope: Envelope = serde_json::from_slice(body).ok()?;
        let code = match &envelope.code {
            serde_json::Value::Number(number) => u32::try_from(number.as_u64()?).ok()?,
            serde_json::Value::String(text) => text.parse().ok()?,
            _ => return None,
        };
        Some(Self {
            code,
            message: envelope.message,
            more_info: envelope.more_info.unwrap_or_default(),
            status,
        })
    }

    /// Whether this is the given error.
    pub fn is(&self, code: ErrorCode) -> bool {
        self.code == code.number()
    }
}

macro_rules! error_codes {
    ($($(#[doc = $meaning:literal])* $name:ident = $number:literal, $status:literal;)*) => {
        /// The codes that Countersign sends or acts on, each with its HTTP status (section 9.10).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode {
            $($(#[doc = $meaning])* $name,)*
        }

        impl ErrorCode {
            /// Every code there is.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The number on the wire.
            pub fn number(self) -> u32 {
                match self { $(Self::$name => $number,)* }
            }

            /// The HTTP status that goes with it.
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// Where to read more. Nobody else explains the codes of our own.
            fn more_info(self) -> String {
                match self.number() {
                    OURS.. => String::new(),
                    number => format!("https://www.twilio.com/docs/errors/{number}"),
                }
            }

            /// What it says, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($meaning),*).trim_ascii_start(),)* }
            }
        }
    };
}

/// The vendor's codes have five digits; from here on they are ours (E5, E6).
const OURS: u32 = 100_000;

error_codes! {
    /// A parameter is missing or cannot be used.
    Parameter = 20001, 400;
    /// The credentials are wrong.
    Authentication = 20003, 401;
    /// The method is not offered here.
    MethodNotAllowed = 20004, 405;
    /// The body is larger than the server reads.
    BodyTooLarge = 20013, 413;
    /// The token is invalid.
    TokenInvalid = 20101, 401;
    /// The token's issuer or subject is not the one expected.
    TokenSubject = 20103, 401;
    /// The token has expired.
    TokenExpired = 20104, 401;
    /// The token is not valid yet: its clock is ahead of the server's.
    TokenNotYetValid = 20105, 401;
    /// The JWT lives too long or has no usable expiry.
    JwtExpiry = 20156, 401;
    /// The text is not a JWT.
    NotAJwt = 20160, 401;
    /// No such resource, or none that these credentials may see.
    NotFound = 20404, 404;
    /// Too many requests.
    TooManyRequests = 20429, 429;
    /// The server failed; nothing was changed.
    Internal = 20500, 500;
    /// The server is shutting down or overloaded; nothing was changed.
    Unavailable = 20503, 503;
    /// A parameter is invalid.
    InvalidParameter = 60200, 400;
    /// The entity exists.
    EntityExists = 60301, 409;
    /// The parameters of an access token are invalid.
    AccessTokenParameters = 60305, 400;
    /// The request is invalid: sid, identity, payload form, paging and so on.
    InvalidRequest = 60306, 400;
    /// A push cannot be sent to a factor with platform `none`.
    NoPushPlatform = 60307, 400;
    /// Too many wrong codes for this challenge.
    ChallengeAttempts = 60308, 429;
    /// No more notifications for this challenge.
    NotificationLimit = 60309, 429;
    /// Too many wrong codes for this factor.
    FactorAttempts = 60310, 429;
    /// The proof does not verify the factor.
    FactorVerification = 60311, 403;
    /// Too many challenges created.
    ChallengeLimit = 60312, 429;
    /// These credentials do not allow this factor to be created.
    FactorCreationForbidden = 60313, 403;
    /// The binding is invalid.
    Binding = 60314, 400;
    /// The entity has as many factors as it may have.
    FactorLimit = 60315, 400;
    /// A factor with this binding exists.
    FactorExists = 60317, 409;
    /// The factor is not verified.
    FactorUnverified = 60318, 403;
    /// The challenge has been answered.
    ChallengeAnswered = 60322, 403;
    /// The challenge has expired.
    ChallengeExpired = 60323, 403;
    /// The answer's signature or its fields do not verify.
    ChallengeVerification = 60324, 403;
    /// Too many factors created in a day.
    FactorCreationLimit = 60326, 429;
    /// The identity is invalid.
    Identity = 60366, 400;
    /// The details are invalid.
    Details = 60368, 400;
    /// The factor type is invalid.
    FactorType = 60369, 400;
    /// The factor's configuration is invalid.
    FactorConfig = 60370, 400;
    /// The page size is invalid.
    PageSize = 60373, 400;
    /// The page token is invalid.
    PageToken = 60374, 400;
    /// The number that was typed is not the one shown, or is missing. One of the tries is spent.
    WrongNumber = 160_390, 400;
    /// Too many wrong numbers for this factor today: it approves nothing that asks for one.
    MatchingLocked = 160_391, 429;
    /// Only a challenge that this factor denied can be reported.
    ReportNotDenied = 160_392, 409;
    /// The challenge has been reported already.
    AlreadyReported = 160_393, 409;
    /// Somebody reported a request to this factor as not theirs, and it is not asked again for a while.
    ReportPause = 160_394, 429;
    /// The one-time address was used, or its time is over.
    TicketSpent = 160_395, 410;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_errors_share_a_number() {
        let mut numbers: Vec<_> = ErrorCode::ALL.iter().map(|code| code.number()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), ErrorCode::ALL.len());
    }

    #[test]
    fn a_code_of_our_own_does_not_point_to_the_vendors_pages() {
        let more_info = |code| ApiError::new(code, "m").more_info;
        assert_eq!(more_info(ErrorCode::WrongNumber), "");
        assert_eq!(
            more_info(ErrorCode::ChallengeExpired),
            "https://www.twilio.com/docs/errors/60323"
        );
    }

    #[test]
    fn the_envelope_never_looks_like_an_rfc_9457_problem() {
        let json = serde_json::to_value(ApiError::not_found("/Services/VA00")).unwrap();
        assert_eq!(
            json["message"],
            "The requested resource /Services/VA00 was not found"
        );
        assert_eq!(json["code"], 20404);
        assert_eq!(json["status"], 404);
        assert!(json.get("type").is_none() && json.get("title").is_none());
    }

    #[test]
    fn a_code_is_read_as_a_number_and_as_text_and_nothing_else() {
        let read = |body: &str| ApiError::from_body(body.as_bytes(), 403).map(|error| error.code);
        assert_eq!(read(r#"{"code":60322,"message":"m","extra":[1]}"#), Some(60322));
        assert_eq!(
            read(r#"{"code":"60322","message":"m","more_info":null}"#),
            Some(60322)
        );
        for body in [
            "",
            "{}",
            "[]",
            "<html>",
            r#"{"code":-1,"message":"m"}"#,
            r#"{"code":1.5,"message":"m"}"#,
            r#"{"code":1}"#,
        ] {
            assert_eq!(read(body), None, "{body}");
        }
    }
}
