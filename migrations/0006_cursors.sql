-- How far a channel has been heard, for platforms whose history can be read: the newest message
-- that was handed over and committed. Moved in batches; what is read twice does no harm.
CREATE TABLE cursors (
    channel BIGINT PRIMARY KEY REFERENCES channels (id),
    heard TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX channels_by_key ON channels (platform_key);
