-- What happened, and the tree over it. The application may add rows and read them; what it may change or delete besides
-- (counters, the outbox, open admissions, openings) proves nothing and can be missed without breaking a proof.

-- One counter for each source. The row is raised in the transaction of the event, so a sequence has no gap.
create table audit.source (
  source   text   primary key check (length(source) between 3 and 96),
  next_seq bigint not null check (next_seq > 0)
);

create table audit.event (
  event_id     uuid        primary key,
  source       text        not null,
  source_seq   bigint      not null check (source_seq >= 0),
  phase        text        not null,
  kind         text        not null,
  result       text        not null,
  ts           timestamptz not null,
  principal_id text,
  request_id   uuid,
  admission_id uuid,
  surface_id   text,
  -- canonical JSON, exactly as it was hashed, with the hash
  event        text        not null,
  event_hash   bytea       not null check (octet_length(event_hash) = 32),
  unique (source, source_seq)
);
create index event_by_principal on audit.event (principal_id, event_id desc) where principal_id is not null;
create index event_by_kind on audit.event (kind, event_id desc);
create index event_by_request on audit.event (request_id) where request_id is not null;
create index event_by_admission on audit.event (admission_id) where admission_id is not null;

-- What the caller signed; the event holds its digest.
create table audit.evidence (
  event_id       uuid  primary key references audit.event,
  signature_base bytea not null
);

-- What the commitments of an event hide. Deleting a row erases the datum and leaves every hash as it is.
create table audit.opening (
  event_id uuid  not null references audit.event,
  name     text  not null,
  value    text  not null,
  salt     bytea not null check (octet_length(salt) = 16),
  primary key (event_id, name)
);

-- Events that no log holds yet. The position follows the source's counter, so a source's events keep their order.
create table audit.outbox (
  position bigint generated always as identity primary key,
  event_id uuid not null unique references audit.event
);

-- Admissions whose outcome is not written yet.
create table audit.open_admission (
  event_id uuid        primary key references audit.event,
  source   text        not null,
  ts       timestamptz not null
);
create index open_admission_by_ts on audit.open_admission (ts);

-- After a promotion that lost published rows a new log follows the old one, which stays as it is.
create table audit.log (
  log_id    bigint generated always as identity primary key,
  origin    text        not null unique,
  vkey      text        not null,
  opened_at timestamptz not null
);

create table audit.leaf (
  log_id   bigint not null references audit.log,
  log_seq  bigint not null check (log_seq >= 0),
  event_id uuid   not null unique references audit.event,
  leaf     bytea  not null check (octet_length(leaf) between 1 and 65535),
  primary key (log_id, log_seq)
);

-- Level 0 holds leaf hashes; hash p of level k + 1 is the root over the full tile p of level k.
create table audit.tree_hash (
  log_id     bigint   not null references audit.log,
  tile_level smallint not null check (tile_level between 0 and 63),
  position   bigint   not null check (position >= 0),
  hash       bytea    not null check (octet_length(hash) = 32),
  primary key (log_id, tile_level, position)
);

create table audit.checkpoint (
  log_id       bigint      not null references audit.log,
  size         bigint      not null check (size >= 0),
  root         bytea       not null check (octet_length(root) = 32),
  note         text        not null,
  published_at timestamptz not null,
  primary key (log_id, size)
);

grant usage on schema audit to talos_app;
grant select, insert on audit.event, audit.evidence, audit.log, audit.leaf, audit.tree_hash, audit.checkpoint to talos_app;
grant select, insert, update on audit.source to talos_app;
grant select, insert, delete on audit.opening, audit.outbox, audit.open_admission to talos_app;
