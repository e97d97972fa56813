-- Whether it is settled if a notification tells of a request: it did, or nobody wanted one. None is told of twice, over
-- restarts too. What was here before this was noted has been told of.
ALTER TABLE challenges ADD COLUMN announced INTEGER NOT NULL DEFAULT 0 CHECK (announced IN (0, 1));
UPDATE challenges SET announced = 1;
