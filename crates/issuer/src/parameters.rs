//! What a caller sent: in the query, as a form or as JSON, all read alike (section 11.1).

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::header::CONTENT_TYPE,
};
use countersign_protocol::form::Form;
use serde_json::{Map, Value};

use crate::refusal::Refusal;

/// The parameters of a request. What stands in the body counts more than what stands in the query.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parameters(Map<String, Value>);

impl Parameters {
    /// Reads a JSON object.
    pub(crate) fn from_json(json: &[u8]) -> Result<Self, Refusal> {
        serde_json::from_slice(json)
            .map(Self)
            .map_err(|_| Refusal::Malformed("the body is not a JSON object".to_owned()))
    }

    fn from_form(bytes: &[u8]) -> Result<Self, Refusal> {
        let form = Form::parse(bytes).map_err(|error| Refusal::Malformed(error.to_string()))?;
        let mut parameters = Map::new();
        for (name, value) in form.pairs() {
            if parameters.insert(name.to_owned(), value.into()).is_some() {
                return Err(Refusal::Malformed(format!(
                    "parameter {name} was sent more than once"
                )));
            }
        }
        Ok(Self(parameters))
    }

    /// The names of those among `names` that were not sent.
    pub(crate) fn missing(&self, names: &[&'static str]) -> Vec<&'static str> {
        let is_missing = |name: &str| match self.0.get(name) {
            None | Some(Value::Null) => true,
            Some(value) => value.as_str().is_some_and(str::is_empty),
        };
        names.iter().copied().filter(|name| is_missing(name)).collect()
    }

    /// A text; an empty one counts as absent.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(_) => Err(Refusal::Malformed(format!("{name} is not a text"))),
        }
    }

    /// A text that has to be there.
    pub(crate) fn required(&self, name: &'static str) -> Result<String, Refusal> {
        self.text(name)?.ok_or_else(|| Refusal::Missing(vec![name]))
    }

    /// A value of the caller's own making: JSON, or a text that holds JSON.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Refusal> {
        let value = match self.0.get(name) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(text)) if text.trim().is_empty() => return Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text),
            Some(value) => serde_json::from_value(value.clone()),
        };
        value
            .map(Some)
            .map_err(|_| Refusal::Malformed(format!("{name} is not JSON of the expected shape")))
    }
}

impl<S: Send + Sync> FromRequest<S> for Parameters {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let query = Self::from_form(request.uri().query().unwrap_or_default().as_bytes())?;
        let is_json = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|kind| {
                kind.trim_start()
                    .to_ascii_lowercase()
                    .starts_with("application/json")
            });
        let body = Bytes::from_request(request, state).await.map_err(|rejection| {
            match rejection.status().as_u16() {
                413 => Refusal::TooLarge,
                _ => Refusal::Malformed("the body could not be read".to_owned()),
            }
        })?;
        let body = match is_json {
            _ if body.is_empty() => Self::default(),
            true => Self::from_json(&body)?,
            false => Self::from_form(&body)?,
        };
        let mut parameters = query.0;
        parameters.extend(body.0);
        Ok(Self(parameters))
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    async fn read(method: &str, path: &str, kind: &str, body: &'static str) -> Result<Parameters, Refusal> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        Parameters::from_request(request, &()).await
    }

    #[tokio::test]
    async fn query_form_and_json_say_the_same() {
        let form = "application/x-www-form-urlencoded";
        for (method, path, kind, body) in [
            ("GET", "/?identity=a+b", "text/plain", ""),
            ("POST", "/", form, "identity=a%20b"),
            (
                "POST",
                "/",
                "application/json; charset=utf-8",
                r#"{"identity":"a b"}"#,
            ),
            ("POST", "/", "Application/json", r#"{"identity":"a b"}"#),
            ("POST", "/?identity=other", form, "identity=a+b"),
        ] {
            let parameters = read(method, path, kind, body).await.unwrap();
            assert_eq!(
                parameters.required("identity").unwrap(),
                "a b",
                "{method} {path} {kind}"
            );
        }
    }

    #[tokio::test]
    async fn what_cannot_be_read_is_refused() {
        for (kind, body) in [
            ("application/json", "[1]"),
            ("application/json", "{"),
            ("application/x-www-form-urlencoded", "a=1&a=2"),
            ("application/x-www-form-urlencoded", "a=%f"),
        ] {
            assert!(read("POST", "/", kind, body).await.is_err(), "{body}");
        }
    }

    #[test]
    fn json_may_come_as_itself_or_as_a_text() {
        let parameters = Parameters::from_json(br#"{"a":[1,2],"b":"[1,2]","c":"","d":"{"}"#).unwrap();
        assert_eq!(parameters.json::<Vec<u8>>("a").unwrap(), Some(vec![1, 2]));
        assert_eq!(parameters.json::<Vec<u8>>("b").unwrap(), Some(vec![1, 2]));
        assert_eq!(parameters.json::<Vec<u8>>("c").unwrap(), None);
        assert!(parameters.json::<Vec<u8>>("d").is_err());
        assert_eq!(parameters.missing(&["a", "c", "e"]), ["c", "e"]);
    }
}
