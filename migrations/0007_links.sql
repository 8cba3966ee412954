-- One person with several accounts: joined by their own act, parted exactly. A person's number is
-- always that of one of their accounts.

-- A code that one account made and another types; once, and not for long. channel is where it was
-- made: whoever made it is told there what became of it.
CREATE TABLE link_codes (
    account BIGINT PRIMARY KEY REFERENCES accounts (id),
    bot TEXT NOT NULL,
    code TEXT NOT NULL,
    channel BIGINT NOT NULL REFERENCES channels (id),
    expires_at BIGINT NOT NULL,
    UNIQUE (bot, code)
);

-- Who joined whom and who parted when: the record of their consent. act: joined, parted.
CREATE TABLE links (
    id BIGINT PRIMARY KEY,
    bot TEXT NOT NULL,
    account BIGINT NOT NULL REFERENCES accounts (id),
    other BIGINT REFERENCES accounts (id),
    act TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX links_by_account ON links (account, at);

-- An account takes its entries along.
CREATE INDEX ledger_by_account ON ledger (account, at);
