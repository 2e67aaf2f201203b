-- By what items are found that may tell one story. What was kept before has no marks, and tells its story alone until
-- its source says something new of it.

-- Looked up by mark, the nearest in time first. `without rowid` makes the table its own index.
create table mark (
    mark bigint not null,
    at   bigint not null,
    seq  bigint not null,
    primary key (mark, at, seq)
) without rowid;

-- Relevant items, and the matter each belongs to: all that hang together by likenesses.
create table telling (
    seq    integer primary key,
    matter text not null,
    -- A JSON list of its marks, to take them away when the item changes.
    marks  text not null
);
create index telling_matter on telling (matter);
