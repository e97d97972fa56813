-- What people said of challenges that they denied.
CREATE TABLE reports (
    challenge_sid TEXT NOT NULL PRIMARY KEY REFERENCES challenges (sid) ON DELETE CASCADE,
    factor_sid TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('not_me', 'mistake')),
    -- The report as it came, as proof.
    signed TEXT NOT NULL,
    reported_at INTEGER NOT NULL
) STRICT;
CREATE INDEX reports_of_factor ON reports (factor_sid, reported_at);
