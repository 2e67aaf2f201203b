-- What becomes of an event after it was first told, by the id of its item; an event that stayed as it was has no row.
create table occasion (
    item     text primary key,
    -- Counts the changes of date, place and status.
    revision bigint not null,
    -- Called off in another's words. Its own source's word for another day ends that.
    off      bigint not null
);
