-- Several programs carry deliveries: whoever makes an attempt claims it, and loses the claim at this time, in case
-- that it died. Until then the next attempt is not due.
ALTER TABLE deliveries ADD COLUMN claimed_until INTEGER;
-- When it was last asked for again, after it had been finished.
ALTER TABLE deliveries ADD COLUMN resent_at INTEGER;
CREATE INDEX deliveries_claimed ON deliveries (webhook_sid, claimed_until) WHERE claimed_until IS NOT NULL;
CREATE UNIQUE INDEX deliveries_named ON deliveries (webhook_sid, uuid);
CREATE INDEX deliveries_of_webhook ON deliveries (webhook_sid, id);
CREATE INDEX deliveries_of_status ON deliveries (webhook_sid, status, id);

-- How many attempts have failed since the last that did not.
ALTER TABLE webhooks ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
-- After too many, nothing is sent until then, and then one delivery, to see whether the receiver is there again.
ALTER TABLE webhooks ADD COLUMN paused_until INTEGER;
