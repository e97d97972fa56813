-- The number that a person has to type to approve, sealed. The hidden details have "?" in its place.
ALTER TABLE challenges ADD COLUMN number_sealed BYTEA;

-- One row for each wrong number that was typed.
CREATE TABLE wrong_numbers (
    challenge_sid TEXT NOT NULL REFERENCES challenges (sid) ON DELETE CASCADE,
    factor_sid TEXT NOT NULL,
    typed_at BIGINT NOT NULL
);
CREATE INDEX wrong_numbers_of_challenge ON wrong_numbers (challenge_sid);
CREATE INDEX wrong_numbers_of_factor ON wrong_numbers (factor_sid, typed_at);
