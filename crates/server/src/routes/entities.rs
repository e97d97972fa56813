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
    let deleted = app.store.delete_entity(&account, &service, &identity).await?;
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
