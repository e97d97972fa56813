//! The check of the schema fails where it should.

use serde_json::json;

use super::*;
use crate::conformance::wiretap::Answer;

const ENTITY: &str = "/v2/Services/VA0/Entities/ada";

fn entity() -> Value {
    json!({
        "sid": "YE00000000000000000000000000000000",
        "identity": "ada",
        "account_sid": "AC00000000000000000000000000000000",
        "service_sid": "VA00000000000000000000000000000000",
        "date_created": "2026-11-20T05:00:00Z",
        "date_updated": "2026-11-20T05:00:00Z",
        "url": "https://example.com/",
        "links": { "factors": "", "new_factors": "", "challenges": "" },
    })
}

fn exchange(method: &str, path: &str, status: u16, body: &Value) -> Exchange {
    let headers = [("Date", "any"), ("Content-Type", "application/json")];
    Exchange {
        method: method.to_owned(),
        path: path.to_owned(),
        answer: Answer {
            status,
            headers: headers
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
            body: if body.is_null() {
                Vec::new()
            } else {
                body.to_string().into()
            },
        },
    }
}

fn judge(method: &str, path: &str, status: u16, body: &Value) -> Verdict {
    Published::read().judge(&[exchange(method, path, status, body)])
}

/// Expects one fault, and that it speaks of this.
fn assert_fault(verdict: &Verdict, of: &str) {
    let faults: Vec<&String> = verdict.faults.iter().collect();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].contains(of), "{faults:?}");
    assert!(verdict.exercised.is_empty());
}

#[test]
fn an_answer_as_it_is_published_is_no_fault_and_counts() {
    let verdict = judge("GET", ENTITY, 200, &entity());
    assert_eq!(verdict.faults, BTreeSet::new());
    assert_eq!(verdict.exercised, BTreeSet::from(["FetchEntity".to_owned()]));
}

#[test]
fn whatever_was_not_called_is_left_out() {
    let published = Published::read();
    let verdict = published.judge(&[exchange("GET", ENTITY, 200, &entity())]);
    let left_out = published.left_out(&verdict.exercised);
    assert!(left_out.contains("CreateNotification") && !left_out.contains("FetchEntity"));
    assert_eq!(left_out.len(), published.operations.len() - 1);
}

#[test]
fn a_member_that_breaks_the_schema_is_a_fault() {
    let mut changed = entity();
    changed["account_sid"] = "AC1".into();
    assert_fault(&judge("GET", ENTITY, 200, &changed), "/account_sid");
    let mut changed = entity();
    changed["url"] = 7.into();
    assert_fault(&judge("GET", ENTITY, 200, &changed), "/url");
}

#[test]
fn a_member_that_is_missing_or_null_is_a_fault() {
    let mut changed = entity();
    changed["sid"] = Value::Null;
    assert_fault(&judge("GET", ENTITY, 200, &changed), "sid is null");
    changed.as_object_mut().unwrap().remove("sid");
    assert_fault(&judge("GET", ENTITY, 200, &changed), "sid is missing");
}

#[test]
fn a_member_that_nobody_published_is_a_fault_at_any_depth() {
    let mut changed = entity();
    changed["colour"] = "red".into();
    assert_fault(&judge("GET", ENTITY, 200, &changed), "colour is neither");
    let mut changed = entity();
    changed["links"]["colours"] = "".into();
    assert_fault(&judge("GET", ENTITY, 200, &changed), "links/colours is neither");
}

#[test]
fn a_date_that_not_every_client_reads_is_a_fault() {
    for date in ["2026-11-20T05:00:00.123Z", "2026-11-20T05:00:00+00:00"] {
        let mut changed = entity();
        changed["date_created"] = date.into();
        assert_fault(&judge("GET", ENTITY, 200, &changed), date);
    }
}

#[test]
fn a_list_is_looked_at_item_by_item_and_needs_its_key() {
    let mut changed = entity();
    changed["colour"] = "red".into();
    let mut list = json!({
        "entities": [entity(), changed],
        "meta": {
            "page": 0, "page_size": 50, "url": "https://example.com/", "key": "entities",
            "first_page_url": "https://example.com/", "next_page_url": null, "previous_page_url": null,
        },
    });
    let path = "/v2/Services/VA0/Entities";
    assert_fault(&judge("GET", path, 200, &list), "colour is neither");
    list["entities"] = json!([entity()]);
    list["meta"]["key"] = "people".into();
    assert_fault(&judge("GET", path, 200, &list), "meta.key");
}

#[test]
fn a_status_a_body_and_a_path_that_are_not_published_are_faults() {
    assert_fault(&judge("GET", ENTITY, 202, &entity()), "no such answer");
    assert_fault(&judge("DELETE", ENTITY, 204, &entity()), "there is a body");
    assert_fault(&judge("GET", "/v2/Secrets", 200, &entity()), "no such answer");
    assert!(judge("DELETE", ENTITY, 204, &Value::Null).faults.is_empty());
}

#[test]
fn a_refusal_has_the_envelope_that_both_libraries_read() {
    let mut refusal = json!({
        "code": 20404, "message": "Not found", "status": 404,
        "more_info": "https://www.twilio.com/docs/errors/20404",
    });
    assert!(judge("GET", ENTITY, 404, &refusal).faults.is_empty());
    assert_fault(&judge("GET", ENTITY, 400, &refusal), "no refusal");
    refusal["type"] = "about:blank".into();
    assert_fault(&judge("GET", ENTITY, 404, &refusal), "no refusal");
}

#[test]
fn headers_count_only_in_their_own_letters() {
    let mut lower = exchange("GET", ENTITY, 200, &entity());
    "date".clone_into(&mut lower.answer.headers[0].0);
    assert_fault(&Published::read().judge(&[lower]), "no Date");
}
