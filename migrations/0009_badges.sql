-- What somebody was last given to wear for their rank in a community, by which row of the outbox,
-- and whether that did not go well.
CREATE TABLE badges (
    community BIGINT NOT NULL REFERENCES communities (id),
    account BIGINT NOT NULL REFERENCES accounts (id),
    badge TEXT NOT NULL,
    outbox_row BIGINT NOT NULL,
    doubtful BIGINT NOT NULL,
    PRIMARY KEY (community, account)
);

-- What is in the way of badges and moderators have been told of; badge '' is all of them.
CREATE TABLE badge_troubles (
    community BIGINT NOT NULL REFERENCES communities (id),
    badge TEXT NOT NULL,
    obstacle TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (community, badge)
);

-- Moderators changed what is worn for which rank: everybody known is looked at, some at a time, in
-- the order of their ids. after_person is how far it has come.
CREATE TABLE badge_rounds (
    community BIGINT PRIMARY KEY REFERENCES communities (id),
    bot TEXT NOT NULL,
    after_person BIGINT NOT NULL,
    due_at BIGINT NOT NULL
);
CREATE INDEX badge_rounds_due ON badge_rounds (bot, due_at);

-- Whether somebody has earned anything in a community, without a look at all they earned.
CREATE INDEX ledger_by_community ON ledger (community, person);
