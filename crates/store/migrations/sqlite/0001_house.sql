-- Times are milliseconds since 1970-01-01T00:00:00Z, flags are 0 and 1, every number is 64 bits wide.
-- SQLite's own are `integer primary key`, which makes the column the row's number, and the last table.

-- One row: how often the items changed, and when last.
create table state (
    one        integer primary key check (one = 1),
    generation bigint not null,
    updated    bigint
);
insert into state (one, generation, updated) values (1, 0, null);

create table source (
    id            text primary key,
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
    etag          blob,
    last_modified blob,
    body_hash     bigint,
    last_visit    bigint,
    last_good     bigint,
    last_status   bigint,
    last_outcome  text,
    last_reason   text
);
create index source_due on source (next_due, id) where enabled = 1;

-- The last visits of each source. A lease makes one visit, so its epoch names it.
create table visit (
    source     text not null references source (id),
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
    id     integer primary key,
    event  bigint not null,
    source text not null references source (id),
    states text not null,
    topics text not null,
    unique (event, source, states, topics)
);

create table item (
    -- Grows with the time of publication, so that newest first is one walk along a key, in the table,
    -- in its indexes and in the words alike.
    seq          integer primary key,
    id           text not null unique,
    source       text not null references source (id),
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
    story        text not null,
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
create index item_list on item (seq, event, shelf, size, begins, ends, born) where relevant = 1;
create index item_shelf on item (shelf, seq, event, size, begins, ends, born) where relevant = 1;
create index item_span on item (ends, begins, event, shelf, size, born) where relevant = 1;
create index item_events on item (begins, seq, event, ends, shelf, size, born) where relevant = 1 and event = 1;
create index item_told on item (story, shelf) where relevant = 1 and size > 1;
create index item_story on item (story, relevant);
create index item_source on item (source, seq);

create table evidence (
    seq integer primary key,
    why text not null
);

-- The search terms of relevant items, kept for matching only: the words themselves are not stored again.
-- The terms come folded and stemmed, so the tokeniser has nothing left to do but split.
create virtual table item_words using fts5 (
    terms, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0",
    -- Beginnings of three letters are one walk, not one for each word that begins so.
    prefix = 3
);
