-- Who confirmed, before an approval of this device, that it was the right person; unknown for those of before.
ALTER TABLE challenges ADD COLUMN verified TEXT CHECK (verified IN ('system', 'pin', 'nobody'));
