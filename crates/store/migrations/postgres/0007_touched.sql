-- Which places of items the last generations touched, so that who remembers one generation reads the next as what
-- became of these. Noted here and not by who writes: whoever changes an item cannot forget to.

-- Place -1 stands for all: publishers' names changed, which are shown with each item.
create table touched (
    generation bigint not null,
    seq        bigint not null,
    primary key (generation, seq)
);

create function item_added() returns trigger language plpgsql as $$ begin
    insert into touched select generation + 1, fresh.seq from state, fresh on conflict do nothing;
    return null;
end $$;
create function item_taken() returns trigger language plpgsql as $$ begin
    insert into touched select generation + 1, stale.seq from state, stale on conflict do nothing;
    return null;
end $$;
create function occasion_touched() returns trigger language plpgsql as $$ begin
    insert into touched select state.generation + 1, item.seq from state, fresh join item on item.id = fresh.item
    on conflict do nothing;
    return null;
end $$;
create function source_renamed() returns trigger language plpgsql as $$ begin
    insert into touched select generation + 1, -1 from state on conflict do nothing;
    return null;
end $$;

create trigger item_added after insert on item
    referencing new table as fresh for each statement execute function item_added();
create trigger item_changed after update on item
    referencing new table as fresh for each statement execute function item_added();
create trigger item_moved after update on item
    referencing old table as stale for each statement execute function item_taken();
create trigger item_taken after delete on item
    referencing old table as stale for each statement execute function item_taken();
create trigger occasion_added after insert on occasion
    referencing new table as fresh for each statement execute function occasion_touched();
create trigger occasion_changed after update on occasion
    referencing new table as fresh for each statement execute function occasion_touched();
create trigger source_renamed after update on source for each row
    when (old.name <> new.name or old.home <> new.home or old.licence is distinct from new.licence)
    execute function source_renamed();
