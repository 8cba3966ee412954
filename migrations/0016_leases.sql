-- Who holds what one process at a time may do: a bot's connection to a platform, with its outbox.
CREATE TABLE leases (
    bot TEXT NOT NULL,
    platform TEXT NOT NULL,
    -- Rises whenever it changes hands: whoever has a lower one has been replaced.
    fence BIGINT NOT NULL,
    -- By the number of its start.
    holder BIGINT NOT NULL,
    -- By the database's clock: those of several machines differ.
    held_until BIGINT NOT NULL,
    PRIMARY KEY (bot, platform)
);
