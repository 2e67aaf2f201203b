-- The outbox: what changed, who is to be told, and how far each has been told.

-- One row. The number is taken inside the transaction that writes the change and locked until it is committed, so who
-- sees a number has seen all before it. What is no longer kept ends at `pruned`.
create table outbox (
    one    bigint primary key check (one = 1),
    last   bigint not null,
    pruned bigint not null
) with (fillfactor = 10);
insert into outbox (one, last, pruned) values (1, 0, 0);

create table change (
    seq     bigint primary key,
    -- 'new' or 'changed': an item; 'health': a source.
    what    text not null,
    subject text not null,
    at      bigint not null,
    -- Of a health change, what is told.
    detail  text
);

-- Who is told of changes: webhooks of the configuration and subscribers of our hub.
create table subscriber (
    id            text collate "C" primary key,
    hub           bigint not null,
    url           text not null,
    topic         text not null,
    host          text not null,
    secret        text,
    -- When the subscription ends, of a hub's.
    expires       bigint,
    -- The last change that it was told of, or that is none of its business.
    seen          bigint not null,
    -- When to try next. It is the lease as well, as with sources.
    next_try      bigint not null,
    epoch         bigint not null,
    attempts      bigint not null,
    failing_since bigint,
    -- Of what was last delivered: the same is not sent again.
    digest        bigint
);
create index subscriber_next on subscriber (next_try, id);
create index subscriber_host on subscriber (host);

-- What could not be delivered in time.
create table dead_letter (
    subscriber text collate "C" not null,
    from_seq   bigint not null,
    to_seq     bigint not null,
    died       bigint not null,
    attempts   bigint not null,
    reason     text not null,
    primary key (subscriber, to_seq)
);

-- What was asked of our hub and is not verified yet (WebSub, 5.3). The last word of a subscriber counts.
create table hub_intent (
    id        text collate "C" primary key,
    subscribe bigint not null,
    url       text not null,
    topic     text not null,
    host      text not null,
    secret    text,
    lease_ms  bigint not null,
    next_try  bigint not null,
    epoch     bigint not null,
    attempts  bigint not null
);

-- What the operator was last told of a source's health.
create table told_health (
    source text collate "C" primary key,
    state  text not null
);

-- Our subscriptions at other hubs.
create table websub (
    source   text collate "C" primary key,
    hub      text not null,
    topic    text not null,
    token    text not null unique,
    secret   text not null,
    -- When the lease ends, once the hub has verified it.
    expires  bigint,
    -- When to ask the hub next: for the first time, again, or to renew.
    next_try bigint not null,
    epoch    bigint not null,
    attempts bigint not null,
    -- What the hub last said against it.
    trouble  text
);
