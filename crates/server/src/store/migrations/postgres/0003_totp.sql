-- Factors with codes beside those with keys, whose columns they leave empty.
ALTER TABLE factors
    ALTER COLUMN public_key DROP NOT NULL,
    ALTER COLUMN credential_sid DROP NOT NULL,
    ALTER COLUMN notification_platform DROP NOT NULL,
    ADD COLUMN factor_type TEXT NOT NULL DEFAULT 'push' CHECK (factor_type IN ('push', 'totp')),
    -- What a TOTP factor shares with an authenticator, sealed.
    ADD COLUMN secret_sealed BYTEA,
    -- JSON of how its codes are made.
    ADD COLUMN totp_config TEXT,
    -- Codes shown before this moment are used up.
    ADD COLUMN codes_used_until BIGINT NOT NULL DEFAULT 0,
    -- Since the last right one.
    ADD COLUMN wrong_codes BIGINT NOT NULL DEFAULT 0,
    ADD CHECK ((factor_type = 'push') = (public_key IS NOT NULL)),
    ADD CHECK ((factor_type = 'push') = (credential_sid IS NOT NULL)),
    ADD CHECK ((factor_type = 'push') = (notification_platform IS NOT NULL)),
    ADD CHECK ((factor_type = 'totp') = (secret_sealed IS NOT NULL)),
    ADD CHECK ((factor_type = 'totp') = (totp_config IS NOT NULL));

-- A challenge outlives its factor, and still says of what type it was. The answer to a TOTP factor's is 'code'.
ALTER TABLE challenges
    ADD COLUMN factor_type TEXT NOT NULL DEFAULT 'push' CHECK (factor_type IN ('push', 'totp')),
    ADD COLUMN wrong_codes BIGINT NOT NULL DEFAULT 0;
CREATE INDEX challenges_of_codes ON challenges (factor_sid, created_at) WHERE factor_type = 'totp';
