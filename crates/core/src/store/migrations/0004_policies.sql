-- How a factor's requests may be approved.
ALTER TABLE factors ADD COLUMN verification TEXT NOT NULL DEFAULT 'never'
    CHECK (verification IN ('never', 'unusual', 'always'));
ALTER TABLE factors ADD COLUMN answer_from_notification INTEGER NOT NULL DEFAULT 0
    CHECK (answer_from_notification IN (0, 1));
ALTER TABLE factors ADD COLUMN answer_from_tray INTEGER NOT NULL DEFAULT 0 CHECK (answer_from_tray IN (0, 1));
ALTER TABLE factors ADD COLUMN silent_on_this_computer INTEGER NOT NULL DEFAULT 0
    CHECK (silent_on_this_computer IN (0, 1));

-- Whether this computer started the request (E6), and whether it was approved without a question for that reason.
ALTER TABLE challenges ADD COLUMN on_this_computer INTEGER NOT NULL DEFAULT 0 CHECK (on_this_computer IN (0, 1));
ALTER TABLE challenges ADD COLUMN silent INTEGER NOT NULL DEFAULT 0 CHECK (silent IN (0, 1));

-- A factor's past is read whenever one of its requests is shown.
CREATE INDEX challenges_of_factor ON challenges (factor_sid, first_seen_at);

-- The app's PIN, where the system cannot ask who is there: its Argon2id hash, and what was tried against it.
CREATE TABLE pin (
    only       INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    hash       TEXT    NOT NULL,
    wrong      INTEGER NOT NULL DEFAULT 0,
    -- Before this time nothing more is tried.
    not_before INTEGER NOT NULL DEFAULT 0
) STRICT;
