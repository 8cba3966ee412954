-- What people thought: of an answer (a rating, perhaps with a word), of the product, of somebody's
-- help. body is a customer's text and goes with the other texts when keep_text is over; the rest
-- is numbers. kind: answer, product, praise. score: 1, -1 or nothing said.
CREATE TABLE feedback (
    id BIGINT PRIMARY KEY,
    bot TEXT NOT NULL,
    community BIGINT NOT NULL REFERENCES communities (id),
    account BIGINT NOT NULL REFERENCES accounts (id),
    case_id BIGINT REFERENCES cases (id),
    kind TEXT NOT NULL,
    score BIGINT,
    body TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE UNIQUE INDEX feedback_of_answer ON feedback (case_id) WHERE kind = 'answer';
CREATE INDEX feedback_by_community ON feedback (community, at);
CREATE INDEX feedback_by_account ON feedback (account, at);
CREATE INDEX feedback_with_words ON feedback (bot, at) WHERE body <> '';

-- What everybody has in all: scope 'all', and 'topic:…' for each topic. Written with each entry of
-- the ledger and always equal to its sum, so that the best of all time are an index away and
-- nobody's whole history is added up. account is the one they earned with last: whose name to say.
CREATE TABLE balances (
    person BIGINT NOT NULL,
    scope TEXT NOT NULL,
    bot TEXT NOT NULL,
    account BIGINT NOT NULL REFERENCES accounts (id),
    points BIGINT NOT NULL,
    PRIMARY KEY (person, scope)
);
CREATE INDEX balances_best ON balances (bot, scope, points);

INSERT INTO balances (person, scope, bot, account, points)
SELECT person, 'all', bot, MAX(account), CAST(SUM(points) AS BIGINT)
FROM ledger GROUP BY person, bot;

INSERT INTO balances (person, scope, bot, account, points)
SELECT person, 'topic:' || topic, bot, MAX(account), CAST(SUM(points) AS BIGINT)
FROM ledger WHERE topic IS NOT NULL GROUP BY person, topic, bot;

-- A week of everybody's points; the points of one case.
CREATE INDEX ledger_by_time ON ledger (bot, at);
CREATE INDEX ledger_by_case ON ledger (case_id) WHERE case_id IS NOT NULL;
