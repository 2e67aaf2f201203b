-- By what items are found that may tell one story. What was kept before has no marks, and tells its story alone until
-- its source says something new of it.

-- Looked up by mark, the nearest in time first.
create table mark (
    mark bigint not null,
    at   bigint not null,
    seq  bigint not null,
    primary key (mark, at, seq)
);

-- Relevant items, and the matter each belongs to: all that hang together by likenesses.
create table telling (
    seq    bigint primary key,
    matter text collate "C" not null,
    -- A JSON list of its marks, to take them away when the item changes.
    marks  text not null
);
create index telling_matter on telling (matter);
