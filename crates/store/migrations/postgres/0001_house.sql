-- The same tables as SQLite's, in PostgreSQL's words. Times are milliseconds since 1970-01-01T00:00:00Z, flags are
-- 0 and 1, every number is 64 bits wide. Texts are ordered by their bytes (`collate "C"`), as in SQLite.

-- One row: how often the items changed, and when last. It is what writers lock to take turns. Room is left on its
-- page, and on those of the sources, so that a row that changes all the time is written beside its old self.
create table state (
    one        bigint primary key check (one = 1),
    generation bigint not null,
    updated    bigint
) with (fillfactor = 10);
insert into state (one, generation, updated) values (1, 0, null);

create table source (
    id            text collate "C" primary key,
    url           text not null,
    name          text not null,
    home          text not null,
    licence       text,
    enabled       bigint not null,
    -- When to visit next. It is the lease as well: who takes a source moves it into the future.
    next_due      bigint not null,
    -- Counts leases. A visit made under an older one is not kept.
    epoch         bigint not null,
    fails         bigint not null,
    etag          bytea,
    last_modified bytea,
    body_hash     bigint,
    last_visit    bigint,
    last_good     bigint,
    last_status   bigint,
    last_outcome  text,
    last_reason   text
) with (fillfactor = 70);
create index source_due on source (next_due, id) where enabled = 1;

-- The last visits of each source. A lease makes one visit, so its epoch names it.
create table visit (
    source     text collate "C" not null references source (id),
    epoch      bigint not null,
    started    bigint not null,
    took_ms    bigint not null,
    outcome    text not null,
    reason     text,
    status     bigint,
    bytes      bigint not null,
    complaints bigint not null,
    added      bigint not null,
    changed    bigint not null,
    primary key (source, epoch)
);

-- Items that agree in kind, source, states and topics stand on one shelf. There are few shelves and many items:
-- filters choose shelves, and facets count by shelf.
create table shelf (
    id     bigint generated always as identity primary key,
    event  bigint not null,
    source text collate "C" not null references source (id),
    states text not null,
    topics text not null,
    unique (event, source, states, topics)
);

create table item (
    -- Grows with the time of publication, so that newest first is one walk along a key.
    seq          bigint primary key,
    id           text collate "C" not null unique,
    source       text collate "C" not null references source (id),
    shelf        bigint not null references shelf (id),
    event        bigint not null,
    relevant     bigint not null,
    -- Of what the source said, and of everything kept.
    hash         bigint not null,
    print        bigint not null,
    -- The generation that brought it: pages that were begun earlier go on without it.
    born         bigint not null,
    first_seen   bigint not null,
    -- Published, or first seen.
    at           bigint not null,
    -- First and last moment: of an event its own, of news that of publication.
    begins       bigint not null,
    ends         bigint not null,
    -- Id of the leading item, and how many relevant items tell the story.
    story        text collate "C" not null,
    size         bigint not null,
    url          text not null,
    title        text not null,
    kicker       text,
    summary      text not null,
    published    bigint,
    updated      bigint,
    lang         text not null,
    relevance    double precision not null,
    image        text,
    event_start  text,
    event_end    text,
    all_day      bigint not null,
    place        text,
    online       bigint not null,
    registration text,
    organiser    text,
    status       text
);
-- Ways to walk, each with all that filters look at, so that only what is shown is read from the table.
create index item_list on item (seq) include (event, shelf, size, begins, ends, born) where relevant = 1;
create index item_shelf on item (shelf, seq) include (event, size, begins, ends, born) where relevant = 1;
create index item_span on item (ends, begins) include (seq, event, shelf, size, born) where relevant = 1;
create index item_events on item (begins, seq) include (event, ends, shelf, size, born)
    where relevant = 1 and event = 1;
create index item_told on item (story, shelf) where relevant = 1 and size > 1;
create index item_story on item (story, relevant);
create index item_source on item (source, seq);

create table evidence (
    seq bigint primary key,
    why text not null
);

-- The search terms of relevant items, by the item's place. They come folded, stemmed and cut, with their places.
-- The key is called as in SQLite, where a table of terms has no other.
create table item_words (
    rowid bigint primary key,
    terms tsvector not null
);
-- Without the list of rows still to be indexed, which every search would have to read through.
create index item_words_terms on item_words using gin (terms) with (fastupdate = off);
