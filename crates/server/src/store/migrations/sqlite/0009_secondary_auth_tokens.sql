-- Good beside the primary auth token, while an account changes from one to the other. Sealed for the same purpose, so
-- that it can take the place of the primary one as it is.
ALTER TABLE accounts ADD COLUMN secondary_auth_token_sealed BLOB;
