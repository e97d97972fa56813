-- Times are milliseconds since 1970, UTC. SIDs, URLs and JSON are the texts of the wire.

-- Keys without a factor: about to be made, or about to be deleted. A key is noted here before it is made, and taken
-- off by the same commit that writes its factor; so a note that is found later names a key to delete.
CREATE TABLE noted_keys (
    key_id       TEXT    NOT NULL PRIMARY KEY,
    key_location TEXT    NOT NULL,
    noted_at     INTEGER NOT NULL
) STRICT;

CREATE TABLE factors (
    sid              TEXT    NOT NULL PRIMARY KEY,
    account_sid      TEXT    NOT NULL,
    service_sid      TEXT    NOT NULL,
    identity         TEXT    NOT NULL,
    credential_sid   TEXT    NOT NULL,
    server           TEXT    NOT NULL,
    friendly_name    TEXT    NOT NULL,
    issuer           TEXT,
    account          TEXT,
    metadata         TEXT,
    status           TEXT    NOT NULL CHECK (status IN ('unverified', 'verified')),
    key_id           TEXT    NOT NULL UNIQUE,
    key_location     TEXT    NOT NULL,
    created_at       INTEGER NOT NULL,
    -- Set while the server has not been told yet that the factor is gone; the key is needed to tell it.
    removing_since   INTEGER,
    connection       TEXT    NOT NULL DEFAULT 'never_checked'
                     CHECK (connection IN ('never_checked', 'online', 'offline', 'clock_skewed', 'signed_out')),
    connection_since INTEGER NOT NULL DEFAULT 0,
    clock_skew       INTEGER NOT NULL DEFAULT 0,
    last_contact_at  INTEGER
) STRICT;

-- Requests and history. The issuer's labels are copied, so that the history outlives the factor.
CREATE TABLE challenges (
    sid              TEXT    NOT NULL PRIMARY KEY,
    factor_sid       TEXT    NOT NULL,
    account_sid      TEXT    NOT NULL,
    service_sid      TEXT    NOT NULL,
    identity         TEXT    NOT NULL,
    server           TEXT    NOT NULL,
    issuer           TEXT,
    account          TEXT,
    -- The JSON as it was last fetched, byte for byte, and the fields that its signature has to cover.
    body             TEXT    NOT NULL,
    signature_fields TEXT,
    status           TEXT    NOT NULL CHECK (status IN ('pending', 'approved', 'denied', 'expired')),
    created_at       INTEGER NOT NULL,
    expires_at       INTEGER NOT NULL,
    settled_at       INTEGER,
    -- What this device signed, written before it is sent; `answered_here` once the server is known to have it.
    decision         TEXT CHECK (decision IN ('approved', 'denied')),
    signed_response  TEXT,
    answered_here    INTEGER NOT NULL DEFAULT 0 CHECK (answered_here IN (0, 1)),
    CHECK ((decision IS NULL) = (signed_response IS NULL)),
    CHECK ((status = 'pending') = (settled_at IS NULL))
) STRICT;

CREATE INDEX challenges_pending ON challenges (created_at) WHERE status = 'pending';
CREATE INDEX challenges_settled ON challenges (settled_at) WHERE status <> 'pending';
