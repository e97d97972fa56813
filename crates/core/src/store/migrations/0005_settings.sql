-- What the person chose, as one JSON object. Members that this version does not know stay as they are.
CREATE TABLE settings (
    id   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    body TEXT    NOT NULL
) STRICT;

-- Of what no notifications are wanted, and until when. Without a factor it is everything.
CREATE TABLE mutes (
    factor_sid  TEXT    UNIQUE REFERENCES factors (sid) ON DELETE CASCADE,
    muted_until INTEGER NOT NULL,
    reason      TEXT    NOT NULL CHECK (reason IN ('asked', 'reported'))
) STRICT;
