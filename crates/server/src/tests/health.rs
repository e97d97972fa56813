//! Alive and ready are two questions.

use super::World;

#[tokio::test]
async fn a_server_whose_database_fails_is_alive_and_not_ready() {
    let world = World::new().await;
    assert_eq!(world.get("/readyz").await.expect(200)["status"], "ok");
    world.app.store.faults().fail_after(0);
    assert_eq!(world.get("/healthz").await.expect(200)["status"], "ok");
    let not_ready = world.get("/readyz").await.expect(503);
    assert_eq!(not_ready["message"], "The database does not answer");
    world.app.store.faults().clear();
    assert_eq!(world.get("/readyz").await.expect(200)["status"], "ok");
}

#[tokio::test]
async fn a_server_that_is_about_to_end_is_alive_and_not_ready() {
    let world = World::new().await;
    world.app.stopping.cancel();
    assert_eq!(world.get("/healthz").await.expect(200)["status"], "ok");
    let not_ready = world.get("/readyz").await.expect(503);
    assert_eq!(not_ready["message"], "The server is stopping");
}
