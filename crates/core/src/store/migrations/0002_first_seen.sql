-- When this device first had a request, by its own clock: the inbox is sorted by it, as no server's word can be.
ALTER TABLE challenges ADD COLUMN first_seen_at INTEGER NOT NULL DEFAULT 0;
