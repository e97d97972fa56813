-- The first shape of the database. Dates are seconds since 1970, the resolution of the wire.
-- `id` orders each list by age and is never given out in clear.

CREATE TABLE server (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    -- Names the server key that sealed what is sealed here, so that a wrong key is noticed at start.
    key_id TEXT NOT NULL
) STRICT;

CREATE TABLE accounts (
    sid TEXT NOT NULL PRIMARY KEY,
    auth_token_sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE services (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sid TEXT NOT NULL UNIQUE,
    account_sid TEXT NOT NULL REFERENCES accounts (sid) ON DELETE CASCADE,
    friendly_name TEXT NOT NULL,
    -- JSON of everything that may be set on a service but is never searched for.
    settings TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX services_of_account ON services (account_sid, id);

CREATE TABLE access_tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sid TEXT NOT NULL UNIQUE,
    service_sid TEXT NOT NULL REFERENCES services (sid) ON DELETE CASCADE,
    identity TEXT NOT NULL,
    factor_friendly_name TEXT,
    ttl INTEGER NOT NULL,
    token_sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX access_tokens_of_identity ON access_tokens (service_sid, identity);

CREATE TABLE entities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sid TEXT NOT NULL UNIQUE,
    service_sid TEXT NOT NULL REFERENCES services (sid) ON DELETE CASCADE,
    identity TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (service_sid, identity)
) STRICT;
CREATE INDEX entities_of_service ON entities (service_sid, id);

CREATE TABLE factors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sid TEXT NOT NULL UNIQUE,
    entity_sid TEXT NOT NULL REFERENCES entities (sid) ON DELETE CASCADE,
    friendly_name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('unverified', 'verified')),
    public_key TEXT NOT NULL,
    credential_sid TEXT NOT NULL UNIQUE,
    app_id TEXT,
    sdk_version TEXT,
    notification_platform TEXT NOT NULL CHECK (notification_platform IN ('apn', 'fcm', 'none')),
    notification_token TEXT,
    metadata TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (entity_sid, public_key)
) STRICT;
CREATE INDEX factors_of_entity ON factors (entity_sid, id);

-- One row for each creation, because factors are deleted and the daily limit counts them all the same.
CREATE TABLE factor_creations (
    entity_sid TEXT NOT NULL REFERENCES entities (sid) ON DELETE CASCADE,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX factor_creations_of_entity ON factor_creations (entity_sid, created_at);

-- A challenge outlives its factor, so that what was answered can still be read.
CREATE TABLE challenges (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sid TEXT NOT NULL UNIQUE,
    entity_sid TEXT NOT NULL REFERENCES entities (sid) ON DELETE CASCADE,
    factor_sid TEXT NOT NULL,
    -- There is no 'expired': that is a pending challenge whose time is over.
    status TEXT NOT NULL CHECK (status IN ('pending', 'approved', 'denied')),
    details TEXT NOT NULL,
    hidden_details TEXT,
    metadata TEXT,
    -- The signed answer, as proof of what was answered.
    answer TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    responded_at INTEGER,
    CHECK ((status = 'pending') = (responded_at IS NULL)),
    CHECK ((status = 'pending') = (answer IS NULL))
) STRICT;
CREATE INDEX challenges_of_entity ON challenges (entity_sid, id);
CREATE INDEX challenges_of_factor ON challenges (factor_sid, id);
CREATE INDEX challenges_pending ON challenges (factor_sid, expires_at) WHERE status = 'pending';

CREATE TABLE notifications (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sid TEXT NOT NULL UNIQUE,
    challenge_sid TEXT NOT NULL REFERENCES challenges (sid) ON DELETE CASCADE,
    ttl INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX notifications_of_challenge ON notifications (challenge_sid);

CREATE TABLE webhooks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sid TEXT NOT NULL UNIQUE,
    service_sid TEXT NOT NULL REFERENCES services (sid) ON DELETE CASCADE,
    friendly_name TEXT NOT NULL,
    -- JSON array of text.
    event_types TEXT NOT NULL,
    webhook_url TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('enabled', 'disabled')),
    version TEXT NOT NULL CHECK (version IN ('v1', 'v2')),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX webhooks_of_service ON webhooks (service_sid, id);
