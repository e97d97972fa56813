-- When this device learned that a request is over, by its own clock. For those of before, the server's word is all there is.
ALTER TABLE challenges ADD COLUMN learned_at INTEGER;
UPDATE challenges SET learned_at = settled_at;

-- When requests were first seen that the server took back: they count in a burst, and nothing else is kept of them.
CREATE TABLE withdrawn (
    factor_sid    TEXT    NOT NULL,
    first_seen_at INTEGER NOT NULL
) STRICT;

CREATE INDEX withdrawn_of_factor ON withdrawn (factor_sid, first_seen_at);
