-- The thread that the bot opens for a case, on its question. home: the channel of the question.
-- channel: the thread; made with the intent, and called by the platform's key once it is there.
-- state: opening, open, refused (problem says why), gone (somebody deleted it).
CREATE TABLE case_threads (
    case_id BIGINT PRIMARY KEY REFERENCES cases (id),
    home BIGINT NOT NULL REFERENCES channels (id),
    channel BIGINT NOT NULL REFERENCES channels (id),
    state TEXT NOT NULL,
    problem TEXT NOT NULL
);
CREATE INDEX case_threads_by_home ON case_threads (home, case_id);
