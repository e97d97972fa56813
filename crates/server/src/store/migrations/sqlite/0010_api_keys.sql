-- Further credentials of an account. Of a secret only the hash is kept: it is never shown again, and signs nothing.
CREATE TABLE api_keys (
    sid TEXT NOT NULL PRIMARY KEY,
    account_sid TEXT NOT NULL REFERENCES accounts (sid) ON DELETE CASCADE,
    friendly_name TEXT NOT NULL,
    secret_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_on TEXT,
    revoked_at INTEGER
) STRICT;
