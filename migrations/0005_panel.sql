-- What the playground's panel shows of the outbox: how long a row took, and the latest rows of a
-- bot on a platform without a look at the rest. Rows settled before have no moment.
ALTER TABLE outbox ADD COLUMN settled_at BIGINT;
CREATE INDEX outbox_latest ON outbox (bot, platform, id);
