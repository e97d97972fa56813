//! `application/x-www-form-urlencoded`, as four different clients write it (section 1.5).
//!
//! Android escapes nearly everything, iOS leaves `=`, `/`, `?`, `:` and `,` raw inside values, Node writes `%20`
//! and Python `+` for a space. All of them decode by the same rule: split at `&`, split each pair at its first
//! `=`, turn `+` into a space, undo percent-escapes. Names are case-sensitive.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stays as it is when a device writes a form: the set of the Android library.
pub(crate) const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'_')
    .remove(b'-')
    .remove(b'!')
    .remove(b'.')
    .remove(b'~')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*');

/// The decoded pairs of a body or a query, in the order in which they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Decodes a body or a query.
    ///
    /// # Errors
    /// If the bytes are not ASCII-safe UTF-8 or an escape is cut short or does not decode to UTF-8: guessing
    /// there would store something that nobody sent.
    pub fn parse(bytes: &[u8]) -> Result<Self, FormError> {
        let text = std::str::from_utf8(bytes).map_err(|_| FormError::NotUtf8)?;
        text.split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                Ok((decode(name)?, decode(value)?))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The value of `name`, if it was sent exactly once or the same each time.
    ///
    /// # Errors
    /// [`FormError::Repeated`] if it was sent with different values: choosing one would be guessing.
    pub fn one(&self, name: &'static str) -> Result<Option<&str>, FormError> {
        let mut values = self.all(name);
        let first = values.next();
        if values.all(|value| Some(value) == first) {
            Ok(first)
        } else {
            Err(FormError::Repeated { name })
        }
    }

    /// Every value of `name`, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(sent, _)| sent == name)
            .map(|(_, value)| value.as_str())
    }

    /// All pairs, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Adds a pair at the end.
    pub fn push(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), value.into()));
    }

    /// Adds a pair at the end if there is a value.
    pub fn push_some(&mut self, name: &str, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            self.push(name, value);
        }
    }

    /// Writes the pairs as the Android library does: everything but letters, digits and `_-!.~'()*` is escaped.
    pub fn encode(&self) -> String {
        let mut text = String::new();
        for (name, value) in &self.0 {
            if !text.is_empty() {
                text.push('&');
            }
            text.extend(utf8_percent_encode(name, KEPT));
            text.push('=');
            text.extend(utf8_percent_encode(value, KEPT));
        }
        text
    }
}

impl FromIterator<(String, String)> for Form {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// Escapes one path segment: the identity in a URL.
pub fn encode_segment(segment: &str) -> String {
    utf8_percent_encode(segment, KEPT).to_string()
}

fn decode(text: &str) -> Result<String, FormError> {
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        let escape = rest.as_bytes().get(at + 1..at + 3).ok_or(FormError::Escape)?;
        if !escape.iter().all(u8::is_ascii_hexdigit) {
            return Err(FormError::Escape);
        }
        rest = &rest[at + 3..];
    }
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced)
        .decode_utf8()
        .map(std::borrow::Cow::into_owned)
        .map_err(|_| FormError::NotUtf8)
}

/// Why a form could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// The text, or what its escapes decode to, is not UTF-8.
    #[error("the form is not UTF-8")]
    NotUtf8,
    /// A `%` is not followed by two hexadecimal digits.
    #[error("a percent sign in the form is not followed by two hexadecimal digits")]
    Escape,
    /// A parameter that has one value came with several.
    #[error("parameter {name} was sent more than once, with different values")]
    Repeated {
        /// Which.
        name: &'static str,
    },
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        Form::parse(text.as_bytes()).unwrap().0
    }

    fn pair(name: &str, value: &str) -> Vec<(String, String)> {
        vec![(name.to_owned(), value.to_owned())]
    }

    #[test]
    fn all_four_dialects_decode_to_the_same_pair() {
        let expected = pair("Binding.PublicKey", "a b+/c==,é");
        for dialect in [
            "Binding.PublicKey=a%20b%2B%2Fc%3D%3D%2C%C3%A9",
            "Binding.PublicKey=a%20b%2B/c==,%C3%A9",
            "Binding.PublicKey=a%20b%2B%2Fc%3D%3D%2C%c3%a9",
            "Binding.PublicKey=a+b%2B%2Fc%3D%3D%2C%C3%A9",
        ] {
            assert_eq!(pairs(dialect), expected, "{dialect}");
        }
    }

    #[test]
    fn a_device_escapes_base64_as_the_android_library_does() {
        let form: Form = pair("AuthPayload", "a+b/c= '(x)*").into_iter().collect();
        assert_eq!(form.encode(), "AuthPayload=a%2Bb%2Fc%3D%20'(x)*");
    }

    #[test]
    fn names_are_case_sensitive_and_repeated_ones_keep_their_order() {
        let form = Form::parse(b"Details.Fields=1&details.fields=x&Details.Fields=2").unwrap();
        assert_eq!(form.all("Details.Fields").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(
            form.one("Details.Fields"),
            Err(FormError::Repeated {
                name: "Details.Fields"
            })
        );
        assert_eq!(form.one("details.fields"), Ok(Some("x")));
        assert_eq!(form.one("Ttl"), Ok(None));
    }

    #[test]
    fn cut_escapes_and_bytes_that_are_not_utf_8_are_refused() {
        for (text, error) in [
            (&b"a=%"[..], FormError::Escape),
            (b"a=%2", FormError::Escape),
            (b"a=%zz", FormError::Escape),
            (b"a=%\xc3\xa9", FormError::Escape),
            (b"a=%ff", FormError::NotUtf8),
            (b"a=\xff", FormError::NotUtf8),
        ] {
            assert_eq!(Form::parse(text), Err(error));
        }
    }

    proptest! {
        #[test]
        fn every_form_reads_back(pairs: Vec<(String, String)>) {
            let pairs: Vec<_> = pairs.into_iter().filter(|(name, value)| !(name.is_empty() && value.is_empty())).collect();
            let form: Form = pairs.into_iter().collect();
            prop_assert_eq!(Form::parse(form.encode().as_bytes()), Ok(form));
        }

        #[test]
        fn garbage_never_panics(bytes: Vec<u8>) {
            let _ = Form::parse(&bytes);
        }
    }
}
