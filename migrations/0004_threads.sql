-- A thread is a channel that hangs in another.
ALTER TABLE channels ADD COLUMN parent BIGINT REFERENCES channels (id);
