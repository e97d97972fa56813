//! `/v2/Services/{VA}/Entities`: the people of a service (section 9.3 of the Verify Push protocol notes).
//!
//! Identities are compared letter by letter: two that differ in case only are two people, because treating them
//! as one could hand one person's approvals to another.

use axum::{Json, extract::State};
use countersign_protocol::{
    error::ErrorCode,
    form::Form,
    identity::Identity,
    resources::entity::{CreateEntity, Entity, EntityLinks, EntityList},
    sid::ServiceSid,
};

use crate::{
    answer::{Answer, Created, Deleted, Refusal},
    app::{SharedApp, Urls},
    caller::Account,
    paging::Listing,
    request::{At, Parameters, Query},
    store::entities::{self, CreateEntityError},
};

/// `POST /v2/Services/{VA}/Entities`
pub(super) async fn create(
    Account(account): Account,
    State(app): State<SharedApp>,
    At(service): At<ServiceSid>,
    Parameters(form): Parameters,
) -> Answer<Created<Entity>> {
    let CreateEntity { identity } = CreateEntity::from_form(&form)?;
    let entity = app
        .store
        .create_entity(&account, &service, &identity, app.now())
        .await?;
    Ok(Created(shape(entity, &app.urls)))
}

impl From<CreateEntityError> for Refusal {
    fn from(error: CreateEntityError) -> Self {
        match error {
            CreateEntityError::Exists => {
                Self::new(ErrorCode::EntityExists, "An entity with this identity exists")
            }
            CreateEntityError::NoService => Self::NotFound,
            CreateEntityError::Store(error) => error.into(),
        }
    }
}

/// `GET /v2/Services/{VA}/Entities`
pub(super) async fn list(
    Account(account): Account,
    State(app): State<SharedApp>,
    At(service): At<ServiceSid>,
    Query(query): Query,
) -> Answer<Json<EntityList>> {
    let listing = Listing::read(&app.key, app.urls.entities(&service), &query, Form::default())?;
    let page = app
        .store
        .list_entities(&account, &service, listing.position, listing.size)
        .await?;
    let page = page.ok_or(Refusal::NotFound)?;
    let meta = listing.meta("entities", &page);
    let entities = page
        .items
        .into_iter()
        .map(|entity| shape(entity, &app.urls))
        .collect();
    Ok(Json(EntityList { entities, meta }))
}

/// `GET /v2/Services/{VA}/Entities/{identity}`
pub(super) async fn fetch(
    Account(account): Account,
    State(app): State<SharedApp>,
    At((service, identity)): At<(ServiceSid, Identity)>,
) -> Answer<Json<Entity>> {
    let entity = app.store.load_entity(&account, &service, &identity).await?;
    Ok(Json(shape(entity.ok_or(Refusal::NotFound)?, &app.urls)))
}

/// `DELETE /v2/Services/{VA}/Entities/{identity}`: with factors, challenges and access tokens.
pub(super) async fn delete(
    Account(account): Account,
    State(app): State<SharedApp>,
    At((service, identity)): At<(ServiceSid, Identity)>,
) -> Answer<Deleted> {
    let deleted = app
        .store
        .delete_entity(&account, &service, &identity, app.now())
        .await?;
    if deleted {
        Ok(Deleted)
    } else {
        Err(Refusal::NotFound)
    }
}

fn shape(entity: entities::Entity, urls: &Urls) -> Entity {
    let url = urls.entity(&entity.service_sid, &entity.identity);
    let factors = urls.factors(&entity.service_sid, &entity.identity);
    Entity {
        links: EntityLinks {
            new_factors: factors.clone(),
            factors,
            challenges: urls.challenges(&entity.service_sid, &entity.identity),
        },
        sid: entity.sid,
        identity: entity.identity,
        account_sid: entity.account_sid,
        service_sid: entity.service_sid,
        date_created: entity.created_at,
        date_updated: entity.updated_at,
        url,
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::World;

    #[tokio::test]
    async fn an_entity_is_made_once_listed_and_deleted() {
        let world = World::new().await;
        let path = format!("/v2/Services/{}/Entities", world.service);
        let made = world.post(&path, "Identity=user-0001").await.expect(201);
        assert!(made["sid"].as_str().unwrap().starts_with("YE"));
        assert_eq!(
            made["links"]["new_factors"],
            format!("https://verify.example.com{}", world.at("/Factors"))
        );
        assert_eq!(
            world.post(&path, "Identity=user-0001").await.refusal(),
            (409, 60301)
        );
        let upper = world.post(&path, "Identity=USER-0001").await.expect(201);
        assert_ne!(upper["sid"], made["sid"]);
        let list = world.get(&path).await.expect(200);
        assert_eq!(list["entities"], serde_json::json!([made, upper]));
        assert_eq!(list["meta"]["key"], "entities");
        assert_eq!(world.delete(&world.at("")).await.status, 204);
        assert_eq!(world.get(&world.at("")).await.refusal(), (404, 20404));
        assert_eq!(world.delete(&world.at("")).await.refusal(), (404, 20404));
    }

    #[tokio::test]
    async fn identities_that_could_be_personal_data_or_paths_are_refused() {
        let world = World::new().await;
        let path = format!("/v2/Services/{}/Entities", world.service);
        for identity in [
            "short",
            "a%40example.com",
            "..%2F..%2F..%2Fetc",
            "user--0001",
            "user-0001%00",
        ] {
            assert_eq!(
                world.post(&path, &format!("Identity={identity}")).await.refusal(),
                (400, 60366),
                "{identity}"
            );
            assert_eq!(
                world.get(&format!("{path}/{identity}")).await.refusal(),
                (404, 20404),
                "{identity}"
            );
        }
        assert_eq!(world.post(&path, "").await.refusal(), (400, 20001));
    }

    #[tokio::test]
    async fn deleting_an_entity_takes_factors_and_challenges_with_it() {
        let world = World::new().await;
        let phone = world.verified_device(1).await;
        let challenge = world.challenge(&phone).await.json();
        assert_eq!(world.delete(&world.at("")).await.status, 204);
        for below in [
            "/Factors".to_owned(),
            "/Challenges".to_owned(),
            format!("/Factors/{}", phone.sid()),
            format!("/Challenges/{}", challenge["sid"].as_str().unwrap()),
        ] {
            assert_eq!(
                world.get(&world.at(&below)).await.refusal(),
                (404, 20404),
                "{below}"
            );
        }
        let phone = world.verified_device(1).await;
        let list = world
            .send("GET", &world.at("/Challenges"), &phone.auth(world.now()), "")
            .await
            .expect(200);
        assert_eq!(list["challenges"], serde_json::json!([]));
    }
}
