-- What was erased, when and why. The datum itself is gone with its row of audit.opening; nothing here tells it.

create table audit.erasure (
  erasure_id uuid        primary key,
  reason     text        not null check (length(reason) between 1 and 32),
  reference  text        check (length(reference) between 1 and 64),
  erased_at  timestamptz not null
);

create table audit.erased (
  event_id   uuid not null references audit.event,
  name       text not null,
  erasure_id uuid not null references audit.erasure,
  primary key (event_id, name)
);

-- Finds what operators did without holding who they are.
create index opening_of_operators on audit.opening (event_id) where name = 'operator_subject';

-- Rows of this table are deleted only to be erased, so the first dead one is reason enough to clean up.
alter table audit.opening set (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);

grant select, insert on audit.erasure, audit.erased to talos_app;
