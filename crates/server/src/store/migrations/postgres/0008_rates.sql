-- How often a person was asked lately is counted at each question.
CREATE INDEX challenges_by_date ON challenges (entity_sid, factor_type, created_at);
