-- There is a row while the system is known to confirm who is there: it did once, and has not failed to ask since.
CREATE TABLE system_confirmed (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1)
) STRICT;
