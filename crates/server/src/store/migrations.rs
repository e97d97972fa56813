//! The shapes that the database has had, oldest first. A migration that was released is never changed.
//!
//! Each change is written twice under one number, because the two databases name types and numbered columns
//! differently; a test compares what comes of them.

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

/// The number, the name, and the two forms of a migration.
macro_rules! migrations {
    ($($number:literal $name:literal),+ $(,)?) => {
        [$((
            $number,
            $name,
            include_str!(concat!("migrations/sqlite/", $name, ".sql")),
            include_str!(concat!("migrations/postgres/", $name, ".sql")),
        )),+]
    };
}

const ALL: [(i64, &str, &str, &str); 11] = migrations![
    1 "0001_initial",
    2 "0002_deliveries",
    3 "0003_totp",
    4 "0004_claims",
    5 "0005_numbers",
    6 "0006_reports",
    7 "0007_tickets",
    8 "0008_rates",
    9 "0009_secondary_auth_tokens",
    10 "0010_api_keys",
    11 "0011_resent_answers",
];

/// All migrations of SQLite databases, in order.
pub(super) fn sqlite() -> Migrator {
    migrator(ALL.map(|(number, name, sql, _)| (number, name, sql)))
}

/// All migrations of PostgreSQL databases, in order.
pub(super) fn postgres() -> Migrator {
    migrator(ALL.map(|(number, name, _, sql)| (number, name, sql)))
}

fn migrator<const N: usize>(all: [(i64, &'static str, &'static str); N]) -> Migrator {
    let simple = |(number, name, sql): (i64, &'static str, &'static str)| {
        // The number is not part of the description, as it never was.
        let description = name.split_once('_').map_or(name, |(_, description)| description);
        Migration::new(
            number,
            description.into(),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    };
    Migrator::with_migrations(all.map(simple).into())
}
