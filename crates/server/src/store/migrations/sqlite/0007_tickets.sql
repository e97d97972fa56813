-- One-time addresses that hand out an access token. Of the address only the hash is kept.
CREATE TABLE tickets (
    secret_hash TEXT NOT NULL PRIMARY KEY,
    token_sid TEXT NOT NULL UNIQUE REFERENCES access_tokens (sid) ON DELETE CASCADE,
    issuer TEXT,
    account TEXT,
    opened_at INTEGER
) STRICT;
