-- Under which keys words are kept: a key's fingerprint, never the key. whole: 1 when no word is
-- under another one, or under none.
CREATE TABLE text_keys (
    id TEXT PRIMARY KEY,
    whole BIGINT NOT NULL
);
