-- Items that the operator has taken out of sight. Their rows in `item` are not relevant meanwhile, which hides them from
-- every question; `found` is what they would be otherwise, as last judged.
create table hidden (
    item   text collate "C" primary key,
    at     bigint not null,
    found  bigint not null,
    reason text
);
