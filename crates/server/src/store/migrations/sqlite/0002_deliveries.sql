-- What webhooks are told: one row for each event and webhook, written in the transaction of the change.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Of the event: the same for all its deliveries and all attempts at them.
    uuid TEXT NOT NULL,
    webhook_sid TEXT NOT NULL REFERENCES webhooks (sid) ON DELETE CASCADE,
    event_type TEXT NOT NULL,
    -- Deliveries about one factor reach a webhook in the order of their events.
    factor_sid TEXT NOT NULL,
    -- The form, as it is sent.
    body TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    -- When the next attempt is due; empty while an older one about the same factor is pending, and after the last.
    due_at INTEGER,
    -- What came of the last attempt.
    outcome TEXT,
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    CHECK ((status = 'pending') = (finished_at IS NULL)),
    CHECK (status = 'pending' OR due_at IS NULL)
) STRICT;
CREATE INDEX deliveries_due ON deliveries (webhook_sid, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_pending ON deliveries (webhook_sid, factor_sid, id) WHERE status = 'pending';
CREATE INDEX deliveries_finished ON deliveries (finished_at) WHERE finished_at IS NOT NULL;

-- Whether webhooks were told that the challenge has expired, or need not be.
ALTER TABLE challenges ADD COLUMN expiry_told INTEGER NOT NULL DEFAULT 0;
CREATE INDEX challenges_untold ON challenges (expires_at) WHERE status = 'pending' AND expiry_told = 0;
