-- How many wrong numbers were typed for a request that asks for one (E5).
ALTER TABLE challenges ADD COLUMN wrong_numbers INTEGER NOT NULL DEFAULT 0;
