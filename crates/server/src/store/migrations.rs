//! The shapes that the database has had, oldest first. A migration that was released is never changed.

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

/// All migrations, in order.
pub(super) fn all() -> Migrator {
    let simple = |version, description: &'static str, sql: &'static str| {
        Migration::new(
            version,
            description.into(),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    };
    Migrator::with_migrations(vec![
        simple(1, "initial", include_str!("0001_initial.sql")),
        simple(2, "deliveries", include_str!("0002_deliveries.sql")),
    ])
}
