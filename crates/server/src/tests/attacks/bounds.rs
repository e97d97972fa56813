//! S-20: what a request costs does not grow with what lies in the database.

use countersign_protocol::challenge_response::Decision;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _};

use super::times;
use crate::{
    deliveries::{Courier, Targets},
    tests::{Device, World, on_postgres, receiver::Receiver, subscribe},
};

/// What is read from end to end: the webhooks of a server are few, and the courier asks of each whether it is due.
const WHOLE_TABLES: [&str; 2] = ["SCAN w", "Seq Scan on webhooks"];

/// How many statements a device's look at what is pending takes, and how much it is shown.
async fn poll(world: &World, phone: &Device) -> (u64, usize) {
    let count = || world.app.store.faults().statements().values().sum::<u64>();
    let path = world.at(&format!(
        "/Challenges?FactorSid={}&Status=pending&PageSize=50",
        phone.sid()
    ));
    let before = count();
    let page = world
        .send("GET", &path, &phone.auth(world.now()), "")
        .await
        .expect(200);
    (count() - before, page["challenges"].as_array().unwrap().len())
}

#[tokio::test]
async fn a_look_at_many_takes_as_many_statements_as_one_at_one() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let (none, shown) = poll(&world, &phone).await;
    assert_eq!(shown, 0);
    let old = times(100);
    for _ in 0..old {
        let challenge = world.challenge(&phone).await;
        world
            .answer(&phone, &challenge, Decision::Denied)
            .await
            .expect(200);
    }
    let (of_old, shown) = poll(&world, &phone).await;
    assert_eq!(shown, 0);
    world.challenge(&phone).await;
    let (of_one, shown) = poll(&world, &phone).await;
    assert_eq!(shown, 1);
    for _ in 1..20 {
        world.challenge(&phone).await;
    }
    let (of_pending, shown) = poll(&world, &phone).await;
    println!(
        "S-20 a poll takes {none} statements with nothing there, {of_old} with {old} old challenges, {of_one} with \
         one pending and {of_pending} with 20"
    );
    assert_eq!((shown, none, of_one), (20, of_old, of_pending));
    assert!(none < of_one, "where nothing is pending no page is loaded");
}

#[tokio::test]
async fn deliveries_are_found_by_index() {
    let world = World::new().await;
    let receiver = Receiver::new().await;
    subscribe(&world, &receiver.url("/"), &["*"]).await;
    world.verified_device(1).await;
    let mut courier = Courier::new(world.app.clone(), Targets::Any).unwrap();
    while courier.deliver_due().await.unwrap() > 0 {}
    world.app.store.load_next_due(world.now()).await.unwrap();
    assert_eq!(receiver.heard().len(), 2);
    no_statement_reads_a_whole_table(&world, "enrolment and deliveries").await;
}

/// Asks the database how it would carry out every statement that was run so far.
pub(in crate::tests) async fn no_statement_reads_a_whole_table(world: &World, of: &str) {
    let statements = world.app.store.faults().statements();
    let mut whole = Vec::new();
    let mut looked_at = 0;
    for sql in statements.keys() {
        if !["SELECT", "UPDATE", "DELETE", "WITH"]
            .iter()
            .any(|verb| sql.starts_with(verb))
        {
            continue;
        }
        looked_at += 1;
        let plan = if on_postgres() {
            plan_of_postgres(world, sql).await
        } else {
            plan_of_sqlite(world, sql).await
        };
        let reads_all = |step: &&String| {
            let scans = step.starts_with("SCAN ") || step.contains("Seq Scan on");
            let known = WHOLE_TABLES.iter().any(|known| step.contains(known));
            scans && !known && *step != "SCAN CONSTANT ROW"
        };
        whole.extend(plan.iter().filter(reads_all).map(|step| format!("{step}: {sql}")));
    }
    println!(
        "S-20 statements of {of}: {looked_at}, {} read a whole table",
        whole.len()
    );
    assert!(whole.is_empty(), "{}", whole.join("\n"));
}

async fn plan_of_sqlite(world: &World, sql: &str) -> Vec<String> {
    let explain = format!("EXPLAIN QUERY PLAN {sql}").leak();
    let rows = world.app.store.dump(explain).await;
    rows.iter().map(|row| row.get("detail").unwrap()).collect()
}

/// Where an index could be used at all, PostgreSQL does so here, and nowhere else: its tables are small.
async fn plan_of_postgres(world: &World, sql: &str) -> Vec<String> {
    let mut database = PgConnection::connect(&world.database).await.unwrap();
    let parameters = (1..=20)
        .rev()
        .find(|number| sql.contains(&format!("${number}")))
        .unwrap_or(0);
    let nothing = match parameters {
        0 => String::new(),
        some => format!("({})", vec!["NULL"; some].join(", ")),
    };
    for prepare in [
        "SET enable_seqscan = off".to_owned(),
        "SET plan_cache_mode = force_generic_plan".to_owned(),
        format!("PREPARE planned AS {sql}"),
    ] {
        database.execute(AssertSqlSafe(prepare)).await.unwrap();
    }
    let explain = sqlx::raw_sql(AssertSqlSafe(format!("EXPLAIN EXECUTE planned{nothing}")));
    let plan = database.fetch_all(explain).await.unwrap();
    database.close().await.unwrap();
    plan.iter().map(|row| row.get(0)).collect()
}
