-- When the bot was removed from a community; NULL while it is in it. Some time after, what people
-- wrote there and what was set is deleted: then erased is 1.
ALTER TABLE communities ADD COLUMN left_at BIGINT;
ALTER TABLE communities ADD COLUMN erased BIGINT NOT NULL DEFAULT 0;

-- Words whose time may be over, by age; and whether somebody has ever said anything.
CREATE INDEX messages_with_words ON messages (at) WHERE body <> '';
CREATE INDEX messages_by_author ON messages (author) WHERE author IS NOT NULL;
