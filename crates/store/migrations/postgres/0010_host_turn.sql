-- When a host that wants long distances between requests may be asked next: its pace outlives a process, and several
-- keep it together.

create table host_turn (
    host    text collate "C" primary key,
    free_at bigint not null
);
