-- One dialect for SQLite and PostgreSQL: TEXT and BIGINT only, ids made by us, flags 0/1,
-- documents as JSON text, moments as milliseconds since 1970.

-- Counts starts: a process takes its number from it, so that ids never meet.
CREATE TABLE starts (
    one BIGINT PRIMARY KEY,
    number BIGINT NOT NULL
);

CREATE TABLE communities (
    id BIGINT PRIMARY KEY,
    bot TEXT NOT NULL,
    platform TEXT NOT NULL,
    platform_key TEXT NOT NULL,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    UNIQUE (bot, platform, platform_key)
);

CREATE TABLE channels (
    id BIGINT PRIMARY KEY,
    community BIGINT NOT NULL REFERENCES communities (id),
    platform_key TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (community, platform_key)
);

CREATE TABLE accounts (
    id BIGINT PRIMARY KEY,
    bot TEXT NOT NULL,
    platform TEXT NOT NULL,
    platform_key TEXT NOT NULL,
    person BIGINT NOT NULL,
    name TEXT NOT NULL,
    language TEXT,
    made_at BIGINT NOT NULL,
    UNIQUE (bot, platform, platform_key)
);

-- What has been handled: written in the transaction that handles it.
CREATE TABLE inbox (
    bot TEXT NOT NULL,
    platform TEXT NOT NULL,
    input_key TEXT NOT NULL,
    handled_at BIGINT NOT NULL,
    PRIMARY KEY (bot, platform, input_key)
);
CREATE INDEX inbox_by_age ON inbox (handled_at);

-- What could not be handled, kept whole for the operator.
CREATE TABLE parked (
    id BIGINT PRIMARY KEY,
    bot TEXT NOT NULL,
    platform TEXT NOT NULL,
    input_key TEXT NOT NULL,
    document TEXT NOT NULL,
    problem TEXT NOT NULL,
    parked_at BIGINT NOT NULL
);

-- deadline_at is the case's one live deadline; NULL exactly when it has ended.
CREATE TABLE cases (
    id BIGINT PRIMARY KEY,
    bot TEXT NOT NULL,
    community BIGINT NOT NULL REFERENCES communities (id),
    channel BIGINT NOT NULL REFERENCES channels (id),
    asker BIGINT NOT NULL REFERENCES accounts (id),
    stage TEXT NOT NULL,
    deadline_at BIGINT,
    document TEXT NOT NULL,
    version BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX cases_due ON cases (bot, deadline_at) WHERE deadline_at IS NOT NULL;
CREATE INDEX cases_open_by_asker ON cases (asker) WHERE deadline_at IS NOT NULL;
CREATE INDEX cases_open_by_community ON cases (community, stage) WHERE deadline_at IS NOT NULL;
CREATE INDEX cases_by_community ON cases (community, opened_at);
CREATE INDEX cases_by_asker ON cases (asker, channel, opened_at);

-- Live claims: one a case by key; those without an answer yet count for the cap on open cases.
CREATE TABLE claims (
    case_id BIGINT PRIMARY KEY REFERENCES cases (id),
    account BIGINT NOT NULL REFERENCES accounts (id),
    person BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    claimed_at BIGINT NOT NULL
);
CREATE INDEX claims_by_person ON claims (person);
CREATE INDEX claims_by_account ON claims (account);

CREATE TABLE history (
    case_id BIGINT NOT NULL REFERENCES cases (id),
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    stage TEXT NOT NULL,
    notes TEXT NOT NULL,
    PRIMARY KEY (case_id, number)
);

-- Messages that belong to a case, by the platform's key; texts go when keep_text is over.
CREATE TABLE messages (
    channel BIGINT NOT NULL REFERENCES channels (id),
    platform_key TEXT NOT NULL,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    author BIGINT,
    part TEXT NOT NULL,
    body TEXT NOT NULL,
    answer BIGINT,
    at BIGINT NOT NULL,
    PRIMARY KEY (channel, platform_key)
);
CREATE INDEX messages_by_case ON messages (case_id, at);

-- What is to be said. state: due, sending, sent, given_up, dropped.
CREATE TABLE outbox (
    id BIGINT PRIMARY KEY,
    bot TEXT NOT NULL,
    platform TEXT NOT NULL,
    channel BIGINT NOT NULL REFERENCES channels (id),
    case_id BIGINT,
    lane TEXT NOT NULL,
    priority BIGINT NOT NULL,
    class TEXT NOT NULL,
    post TEXT NOT NULL,
    edits BIGINT,
    live BIGINT NOT NULL,
    document TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    doubtful BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    expires_at BIGINT,
    sent_key TEXT,
    problem TEXT,
    made_at BIGINT NOT NULL
);
CREATE INDEX outbox_due ON outbox (bot, platform, due_at) WHERE state IN ('due', 'sending');
CREATE INDEX outbox_lane ON outbox (lane, id) WHERE state IN ('due', 'sending');
CREATE INDEX outbox_by_case ON outbox (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX outbox_edits ON outbox (edits) WHERE edits IS NOT NULL;
CREATE INDEX outbox_live ON outbox (case_id) WHERE live = 1;
CREATE INDEX outbox_given_up ON outbox (bot) WHERE state = 'given_up';
CREATE INDEX outbox_settled ON outbox (made_at) WHERE state IN ('sent', 'dropped');

-- Append-only: balances are sums of it.
CREATE TABLE ledger (
    id BIGINT PRIMARY KEY,
    bot TEXT NOT NULL,
    community BIGINT NOT NULL REFERENCES communities (id),
    account BIGINT NOT NULL REFERENCES accounts (id),
    person BIGINT NOT NULL,
    case_id BIGINT,
    act TEXT NOT NULL,
    topic TEXT,
    points BIGINT NOT NULL,
    at BIGINT NOT NULL,
    reverses BIGINT UNIQUE,
    once_key TEXT NOT NULL UNIQUE
);
CREATE INDEX ledger_by_person ON ledger (person, at);

-- How many resolutions of a topic a person has in the ledger: written with each entry, so that
-- choosing whom to call never reads anybody's whole history. topic '' is none.
CREATE TABLE solved_topics (
    person BIGINT NOT NULL,
    topic TEXT NOT NULL,
    solved BIGINT NOT NULL,
    PRIMARY KEY (person, topic)
);

CREATE TABLE roster (
    account BIGINT PRIMARY KEY REFERENCES accounts (id),
    bot TEXT NOT NULL,
    person BIGINT NOT NULL,
    preferences TEXT NOT NULL,
    duty TEXT NOT NULL,
    blocked BIGINT NOT NULL,
    joined_at BIGINT NOT NULL,
    last_called_at BIGINT
);
CREATE INDEX roster_by_bot ON roster (bot);

-- Where an ambassador has been seen: they are called only in communities that they are in.
CREATE TABLE roster_places (
    account BIGINT NOT NULL,
    community BIGINT NOT NULL,
    PRIMARY KEY (account, community)
);

-- Calls a person has had on a day of their own zone: the daily cap is a conditional write.
CREATE TABLE duty_days (
    person BIGINT NOT NULL,
    day BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (person, day)
);
CREATE INDEX duty_days_by_day ON duty_days (day);

-- Who was called for what and why: what /why tells. Who was passed over is in the history.
CREATE TABLE calls (
    case_id BIGINT NOT NULL REFERENCES cases (id),
    account BIGINT NOT NULL,
    wave BIGINT NOT NULL,
    why TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (case_id, account, wave)
);
CREATE INDEX calls_by_account ON calls (account, at);

-- The playground's own world: what a real platform would keep for itself.
CREATE TABLE playground_frames (
    bot TEXT NOT NULL,
    number BIGINT NOT NULL,
    frame TEXT NOT NULL,
    PRIMARY KEY (bot, number)
);
CREATE TABLE playground_unheard (
    bot TEXT NOT NULL,
    input_key TEXT NOT NULL,
    inbound TEXT NOT NULL,
    PRIMARY KEY (bot, input_key)
);
