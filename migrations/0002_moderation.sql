-- What moderators do by hand: people who are blocked, and whose word stands behind an entry.

-- 1: never called, never credited, and their questions are not taken. The note is a moderator's.
ALTER TABLE accounts ADD COLUMN blocked BIGINT NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN block_note TEXT NOT NULL DEFAULT '';
-- A block holds for a person, whatever account they use.
CREATE INDEX accounts_by_person ON accounts (person);
CREATE INDEX accounts_blocked ON accounts (bot, platform) WHERE blocked = 1;
UPDATE accounts SET blocked = 1 WHERE id IN (SELECT account FROM roster WHERE blocked = 1);

-- Of an entry that somebody made by hand: who, and why.
ALTER TABLE ledger ADD COLUMN by_account BIGINT;
ALTER TABLE ledger ADD COLUMN note TEXT NOT NULL DEFAULT '';
