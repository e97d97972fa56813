//! A device that did not hear what became of its answer sends it again: the same bytes, which are no new try.

use std::sync::Arc;

use countersign_protocol::challenge_response::{Decision, Response};

use super::{NUMBER, World, another, typed};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_wrong_answer_that_comes_again_is_counted_once_and_answered_alike() {
    let world = Arc::new(World::on_disk().await);
    let phone = world.verified_device(1).await;
    let challenge = Arc::new(world.matched(&phone, NUMBER).await);
    for (at, left) in ["2 tries are left", "1 try is left", "is denied"]
        .into_iter()
        .enumerate()
    {
        let answers = (0..4).map(|_| {
            let (world, phone, challenge) = (world.clone(), phone.clone(), challenge.clone());
            let answer = another(u32::try_from(at).unwrap());
            tokio::spawn(async move { world.answer(&phone, &challenge, answer).await })
        });
        for answer in answers.collect::<Vec<_>>() {
            let reply = answer.await.unwrap();
            assert_eq!(reply.refusal(), (400, 160_390));
            assert!(reply.text.contains(left), "{}", reply.text);
        }
        let counted = world.app.store.dump("SELECT * FROM wrong_numbers").await;
        assert_eq!(counted.len(), at + 1);
    }
    assert_eq!(world.status(&challenge).await, "denied");
}

#[tokio::test]
async fn a_wrong_answer_that_comes_again_is_no_answer_to_what_was_decided_meanwhile() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    for decision in [Response::from(Decision::Denied), typed(NUMBER)] {
        let challenge = world.matched(&phone, NUMBER).await;
        world.answer(&phone, &challenge, another(1)).await;
        world.answer(&phone, &challenge, decision).await.expect(200);
        let again = world.answer(&phone, &challenge, another(1)).await;
        assert_eq!(again.refusal(), (403, 60322));
    }
    let challenge = world.matched(&phone, NUMBER).await;
    world.answer(&phone, &challenge, another(1)).await;
    world.advance(300);
    let again = world.answer(&phone, &challenge, another(1)).await;
    assert_eq!(again.refusal(), (403, 60323));
    // Of one challenge, it is none of another.
    let challenge = world.matched(&phone, NUMBER).await;
    let other = world.answer(&phone, &challenge, another(1)).await;
    assert_eq!(other.refusal(), (400, 160_390));
    assert_eq!(world.app.store.dump("SELECT * FROM wrong_numbers").await.len(), 4);
}

#[tokio::test]
async fn the_answer_that_locked_a_factor_is_answered_alike_when_it_comes_again() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    for at in 0..9 {
        let challenge = world.matched(&phone, NUMBER).await;
        world.answer(&phone, &challenge, another(at)).await;
    }
    let challenge = world.matched(&phone, NUMBER).await;
    for _ in 0..2 {
        let tenth = world.answer(&phone, &challenge, another(9)).await;
        assert_eq!(tenth.refusal(), (400, 160_390));
    }
    let new = world.answer(&phone, &challenge, another(10)).await;
    assert_eq!(new.refusal(), (429, 160_391));
}
