-- Which places of items the last generations touched, so that who remembers one generation reads the next as what
-- became of these. Noted here and not by who writes: whoever changes an item cannot forget to.

-- Place -1 stands for all: publishers' names changed, which are shown with each item.
create table touched (
    generation bigint not null,
    seq        bigint not null,
    primary key (generation, seq)
) without rowid;

create trigger item_added after insert on item begin
    insert into touched select generation + 1, new.seq from state where true on conflict do nothing;
end;
create trigger item_taken after delete on item begin
    insert into touched select generation + 1, old.seq from state where true on conflict do nothing;
end;
create trigger item_changed after update on item begin
    insert into touched select generation + 1, old.seq from state where true on conflict do nothing;
    insert into touched select generation + 1, new.seq from state where true on conflict do nothing;
end;
create trigger occasion_added after insert on occasion begin
    insert into touched select state.generation + 1, item.seq from state, item where item.id = new.item
    on conflict do nothing;
end;
create trigger occasion_changed after update on occasion begin
    insert into touched select state.generation + 1, item.seq from state, item where item.id = new.item
    on conflict do nothing;
end;
create trigger source_renamed after update on source
when old.name <> new.name or old.home <> new.home or old.licence is not new.licence begin
    insert into touched select generation + 1, -1 from state where true on conflict do nothing;
end;
