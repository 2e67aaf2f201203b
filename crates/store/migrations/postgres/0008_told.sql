-- How many tell a story is no longer written into the row of each who tells it: the thousandth copy of a release would
-- write all others anew. Lists are counted and put in order in memory, so one way to walk is enough for them.

drop index item_told;
drop index item_list;
drop index item_shelf;
drop index item_span;
drop index item_events;
drop index item_story;
alter table item drop column size;

-- All that is remembered of an item, in the order of places.
create index item_list on item (seq) include (shelf, begins, ends, born) where relevant = 1;
create index item_events on item (begins, seq) include (ends) where relevant = 1 and event = 1;
-- Who tells a story that another leads. Most items lead their own.
create index item_follows on item (story, seq) where story <> id;
