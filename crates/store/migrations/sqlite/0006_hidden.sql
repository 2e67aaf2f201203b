-- Items that the operator has taken out of sight. Their rows in `item` are not relevant meanwhile, which hides them from
-- every question; `found` is what they would be otherwise, as last judged.
create table hidden (
    item   text primary key,
    at     bigint not null,
    found  bigint not null,
    reason text
);

-- The words of each item in order, which the index cannot be asked for otherwise. It holds nothing of its own.
create virtual table item_terms using fts5vocab (item_words, instance);
