//! Tests of the console, and what they share: a browser that keeps its cookie and names its own pages.

use axum::{body::Body, http::Request};
use countersign_protocol::form::Form;

use crate::tests::{AUTH_TOKEN, Device, IDENTITY, Reply, World};

mod forms;
mod live;
mod pages;
mod sessions;
mod webhooks;

/// Where the world of these tests is reached.
const ORIGIN: &str = "https://verify.example.com";

/// A browser that is signed in to a world's console.
pub(super) struct Browser<'a> {
    world: &'a World,
    cookie: String,
    form_token: String,
}

impl<'a> Browser<'a> {
    /// Signs in with the world's account.
    async fn signed_in(world: &'a World) -> Self {
        Self::signed_in_as(world, world.account.as_str()).await
    }

    /// Signs in with an account of the world.
    async fn signed_in_as(world: &'a World, account: &str) -> Self {
        let reply = sign_in(world, account, AUTH_TOKEN, "").await;
        assert_eq!(reply.status, 303, "{}", reply.text);
        let cookie = reply.headers["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let mut browser = Self {
            world,
            cookie,
            form_token: String::new(),
        };
        let page = browser.get("/console").await;
        assert_eq!(page.status, 200, "{}", page.text);
        browser.form_token = field(&page.text, "form_token");
        browser
    }

    async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], "").await
    }

    /// Sends a form with the session's token from one of our own pages.
    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut form = as_form(fields);
        form.push("form_token", self.form_token.as_str());
        self.send("POST", path, &[("origin", ORIGIN)], &form.encode())
            .await
    }

    /// Sends a form and follows to the page that it leads to.
    async fn act(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let reply = self.post(path, fields).await;
        assert_eq!(reply.status, 303, "{path}: {}", reply.text);
        self.get(location(&reply)).await
    }

    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let cookie = ("cookie", self.cookie.as_str());
        send(self.world, method, path, &[headers, &[cookie]].concat(), body).await
    }
}

async fn send(world: &World, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    world
        .send_request(request.body(Body::from(body.to_owned())).unwrap())
        .await
}

async fn sign_in(world: &World, account: &str, auth_token: &str, back: &str) -> Reply {
    let form = as_form(&[("account", account), ("auth_token", auth_token), ("back", back)]);
    send(
        world,
        "POST",
        "/console/sign-in",
        &[("origin", ORIGIN)],
        &form.encode(),
    )
    .await
}

fn as_form(fields: &[(&str, &str)]) -> Form {
    let mut form = Form::default();
    for (name, value) in fields {
        form.push(name, *value);
    }
    form
}

/// The value of the first field with this name.
fn field(html: &str, name: &str) -> String {
    let (_, rest) = html.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

fn location(reply: &Reply) -> &str {
    reply.headers["location"].to_str().unwrap()
}

/// Every page of a service that knows one device and one challenge, and one webhook.
async fn every_page(world: &World, browser: &Browser<'_>, phone: &Device) -> Vec<String> {
    let service = format!("/console/services/{}", world.service);
    let person = format!("{service}/identities/{IDENTITY}");
    let webhook = [
        ("FriendlyName", "Hook"),
        ("EventTypes", "*"),
        ("WebhookUrl", "https://hooks.example.com/"),
    ];
    let webhook = location(&browser.post(&format!("{service}/webhooks"), &webhook).await).to_owned();
    let test = [
        ("FactorSid", phone.sid()),
        ("Details.Message", "Hi"),
        ("Number", "yes"),
    ];
    let challenge = location(&browser.post(&format!("{person}/test"), &test).await).to_owned();
    let enrolment = browser
        .post(&format!("{service}/enrol"), &[("identity", IDENTITY)])
        .await;
    vec![
        service.clone(),
        format!("{service}?identity=user-0099"),
        format!("{service}/settings"),
        format!("{service}/enrol"),
        location(&enrolment).to_owned(),
        format!("{service}/code?identity={IDENTITY}"),
        format!("{service}/challenges"),
        format!("{service}/challenges?Status=pending"),
        format!("{service}/webhooks"),
        webhook.split('?').next().unwrap().to_owned(),
        person.clone(),
        format!("{person}?Status=pending"),
        format!("{person}/test"),
        format!("{person}/factors/{}", phone.sid()),
        challenge,
    ]
}

/// Every form there is, at its address, with what makes it do something.
fn every_form<'a>(service: &str, phone: &'a Device) -> Vec<(String, Vec<(&'a str, &'a str)>)> {
    let service = format!("/console/services/{service}");
    let person = format!("{service}/identities/{IDENTITY}");
    let webhook = vec![
        ("FriendlyName", "Hook"),
        ("EventTypes", "*"),
        ("WebhookUrl", "https://a.example/"),
    ];
    let nowhere = "YW00000000000000000000000000000000";
    vec![
        ("/console".to_owned(), vec![("FriendlyName", "Other")]),
        (format!("{service}/settings"), vec![("FriendlyName", "Renamed")]),
        (format!("{service}/enrol"), vec![("identity", "user-0007")]),
        (format!("{service}/webhooks"), webhook.clone()),
        (format!("{service}/webhooks/{nowhere}"), webhook),
        (
            format!("{service}/webhooks/{nowhere}/delete"),
            vec![("sure", "yes")],
        ),
        (format!("{service}/webhooks/{nowhere}/try"), vec![]),
        (
            format!("{person}/test"),
            vec![("FactorSid", phone.sid()), ("Details.Message", "Hi")],
        ),
        (format!("{person}/factors/{}", phone.sid()), vec![]),
        ("/console/sign-out".to_owned(), vec![]),
    ]
}
