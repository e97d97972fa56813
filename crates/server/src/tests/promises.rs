//! Whether the server keeps what the document promises: every limit of every parameter is tried on both sides here,
//! and every answer that is named is brought about in [`answers`].

use self::stage::{Stage, bad};
use super::{World, attacks::bounds::no_statement_reads_a_whole_table, document::ROUTES};
use crate::operations::parameter::Kind;

mod answers;
pub(super) mod stage;

#[tokio::test]
async fn every_parameter_has_the_limits_that_the_document_gives_it() {
    let stage = Stage::new().await;
    let mut tried = 0;
    for route in ROUTES.iter() {
        for parameter in route.operation.query().chain(route.operation.body()) {
            let told = format!("{} {}", route.operation.id, parameter.name);
            for value in stage.good(parameter) {
                let reply = stage
                    .try_values(route, parameter, std::slice::from_ref(&value))
                    .await;
                // That another factor has this key, or that this one polls, is another matter.
                let taken = reply.status.is_success() || [60307, 60317].contains(&reply.refusal().1);
                assert!(taken, "{told}={value}: {}", reply.text);
            }
            for values in bad(parameter.kind) {
                let reply = stage.try_values(route, parameter, &values).await;
                assert_eq!(
                    reply.refusal(),
                    (400, parameter.refused.number().into()),
                    "{told}={values:?}"
                );
                tried += 1;
            }
            let several = matches!(parameter.kind, Kind::Words(_) | Kind::Fields | Kind::List { .. });
            if !several {
                let reply = stage
                    .try_values(route, parameter, &["a".to_owned(), "b".to_owned()])
                    .await;
                assert!(
                    matches!(reply.refusal(), (400, 20001 | 60306)),
                    "{told} twice: {}",
                    reply.text
                );
            }
            if parameter.required {
                let reply = stage.try_values(route, parameter, &[]).await;
                assert_eq!(reply.refusal(), (400, 20001), "{told} missing");
                assert!(reply.text.contains(parameter.name), "{told}: {}", reply.text);
            }
        }
    }
    assert!(tried > 150, "{tried}");
    no_statement_reads_a_whole_table(&stage.world, "every parameter").await;
}

#[tokio::test]
async fn a_parameter_that_an_operation_does_not_name_is_not_read() {
    let world = World::new().await;
    let made = world
        .post(
            &format!("/v2/Services/{}/Entities", world.service),
            "Identity=user-0001&PageSize=0",
        )
        .await;
    made.expect(201);
    let listed = world.get("/v2/Services?Status=nonsense&FriendlyName=%07").await;
    listed.expect(200);
}
