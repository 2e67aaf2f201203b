-- What polling remembers of a source, and what its health is judged by.

-- The address that gave the validators.
alter table source add column validators_url text;
-- What the poller remembers (its rhythm, what it asked for, where it moved), in the poller's own words.
alter table source add column memory text;
alter table source add column first_visit bigint;
-- When a visit last brought something new.
alter table source add column last_new bigint;
-- Since when visits have been ending as the last one did.
alter table source add column outcome_since bigint;

-- What the hosts' robots.txt said, so that a process that lives for one round need not ask for it each time.
create table robots (
    origin  text collate "C" primary key,
    fetched bigint not null,
    -- Nothing where it could not be reached.
    text    text
);
