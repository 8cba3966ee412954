-- What was found for a question: numbers only, no words. confidence is in millionths, shown how
-- many articles were suggested. helped: 1 or 0 as the asker said by button, nothing while nobody
-- did. A community's cut is computed from the latest that have a word.
CREATE TABLE suggestions (
    case_id BIGINT PRIMARY KEY REFERENCES cases (id),
    bot TEXT NOT NULL,
    community BIGINT NOT NULL REFERENCES communities (id),
    confidence BIGINT NOT NULL,
    shown BIGINT NOT NULL,
    helped BIGINT,
    at BIGINT NOT NULL
);
CREATE INDEX suggestions_told ON suggestions (community, at) WHERE helped IS NOT NULL;
CREATE INDEX suggestions_by_bot ON suggestions (bot, at);
