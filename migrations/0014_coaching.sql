-- Who has been told how to ask a question, and when last. Numbers only: no word of anybody.
CREATE TABLE coached (
    bot TEXT NOT NULL,
    person BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (bot, person)
);
