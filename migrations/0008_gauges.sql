-- Open cases by stage, for an operator's dashboard: counted from the index alone.
CREATE INDEX cases_open_by_stage ON cases (bot, stage) WHERE deadline_at IS NOT NULL;
-- And what is to be said, with its age.
CREATE INDEX outbox_waiting ON outbox (bot, platform, made_at) WHERE state IN ('due', 'sending');
