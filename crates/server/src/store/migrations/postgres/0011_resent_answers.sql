-- SHA-256 of the signed answer in which a wrong number came, so that an answer that comes again is not one more try.
-- None where it was counted before this was kept.
ALTER TABLE wrong_numbers ADD COLUMN answer_hash BYTEA;
