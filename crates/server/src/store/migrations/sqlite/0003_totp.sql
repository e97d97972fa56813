-- Factors with codes beside those with keys, whose columns they leave empty. SQLite cannot let a column be empty that
-- could not before, so the table is written anew; no other refers to it.
CREATE TABLE new_factors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sid TEXT NOT NULL UNIQUE,
    entity_sid TEXT NOT NULL REFERENCES entities (sid) ON DELETE CASCADE,
    friendly_name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('unverified', 'verified')),
    public_key TEXT,
    credential_sid TEXT UNIQUE,
    app_id TEXT,
    sdk_version TEXT,
    notification_platform TEXT CHECK (notification_platform IN ('apn', 'fcm', 'none')),
    notification_token TEXT,
    metadata TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    factor_type TEXT NOT NULL DEFAULT 'push' CHECK (factor_type IN ('push', 'totp')),
    -- What a TOTP factor shares with an authenticator, sealed.
    secret_sealed BLOB,
    -- JSON of how its codes are made.
    totp_config TEXT,
    -- Codes shown before this moment are used up.
    codes_used_until INTEGER NOT NULL DEFAULT 0,
    -- Since the last right one.
    wrong_codes INTEGER NOT NULL DEFAULT 0,
    UNIQUE (entity_sid, public_key),
    CHECK ((factor_type = 'push') = (public_key IS NOT NULL)),
    CHECK ((factor_type = 'push') = (credential_sid IS NOT NULL)),
    CHECK ((factor_type = 'push') = (notification_platform IS NOT NULL)),
    CHECK ((factor_type = 'totp') = (secret_sealed IS NOT NULL)),
    CHECK ((factor_type = 'totp') = (totp_config IS NOT NULL))
) STRICT;
INSERT INTO new_factors
    (id, sid, entity_sid, friendly_name, status, public_key, credential_sid, app_id, sdk_version,
     notification_platform, notification_token, metadata, created_at, updated_at)
SELECT id, sid, entity_sid, friendly_name, status, public_key, credential_sid, app_id, sdk_version,
     notification_platform, notification_token, metadata, created_at, updated_at
FROM factors;
-- Numbers of factors that are gone are not given out again.
DELETE FROM sqlite_sequence WHERE name = 'new_factors';
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_factors', seq FROM sqlite_sequence WHERE name = 'factors';
DROP TABLE factors;
ALTER TABLE new_factors RENAME TO factors;
CREATE INDEX factors_of_entity ON factors (entity_sid, id);

-- A challenge outlives its factor, and still says of what type it was. The answer to a TOTP factor's is 'code'.
ALTER TABLE challenges ADD COLUMN factor_type TEXT NOT NULL DEFAULT 'push' CHECK (factor_type IN ('push', 'totp'));
ALTER TABLE challenges ADD COLUMN wrong_codes INTEGER NOT NULL DEFAULT 0;
CREATE INDEX challenges_of_codes ON challenges (factor_sid, created_at) WHERE factor_type = 'totp';
