-- Answers on their way into the knowledge, one a case. author gave the answer of this number.
-- state: offered, declined, draft, published, discarded, withdrawn. wording and former are JSON
-- documents of the author's and moderators' words, empty where nothing may be kept.
CREATE TABLE harvests (
    case_id BIGINT PRIMARY KEY REFERENCES cases (id),
    bot TEXT NOT NULL,
    community BIGINT NOT NULL REFERENCES communities (id),
    author BIGINT NOT NULL REFERENCES accounts (id),
    answer BIGINT NOT NULL,
    answered_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    wording TEXT NOT NULL,
    former TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX harvests_by_community ON harvests (community, state, changed_at);
CREATE INDEX harvests_by_bot ON harvests (bot, state, changed_at);

-- 1: one person talks there with the bot, or a few among themselves; nobody else can read it.
ALTER TABLE channels ADD COLUMN private BIGINT NOT NULL DEFAULT 0;
UPDATE channels SET private = 1 WHERE parent IN
    (SELECT id FROM channels AS homes WHERE homes.platform_key = 'private');

-- How sure it was that an earlier case had asked the same, in millionths, where one was shown.
ALTER TABLE suggestions ADD COLUMN earlier BIGINT;

-- Solved cases of a community, the newest first.
CREATE INDEX cases_solved ON cases (bot, community, opened_at) WHERE stage = 'resolved';
