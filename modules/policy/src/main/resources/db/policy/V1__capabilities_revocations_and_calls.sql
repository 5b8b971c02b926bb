-- Root grants as they were signed. What holders pass on offline is never stored.
create table policy.capability (
  hash       text        collate "C" not null primary key check (hash ~ '^[0-9a-f]{64}$'),
  subject    text        not null check (length(subject) between 1 and 255),
  header     text        not null check (length(header) between 1 and 87382),
  expires_at timestamptz not null,
  granted_at timestamptz not null,
  granted_by text        not null check (length(granted_by) between 1 and 255)
);

create index capability_subject on policy.capability (subject);

-- Revoked links. A row is never deleted: what was revoked stays revoked.
create table policy.revocation (
  link_hash  bytea       not null primary key check (octet_length(link_hash) = 32),
  reason     text        not null check (length(reason) between 1 and 32),
  revoked_at timestamptz not null,
  revoked_by text        not null check (length(revoked_by) between 1 and 255),
  epoch      bigint      not null check (epoch > 0)
);

create index revocation_epoch on policy.revocation (epoch);

-- Counts the revocations; every node compares it with what it has read.
create table policy.epoch (
  one   boolean not null primary key default true check (one),
  value bigint  not null check (value >= 0)
);

insert into policy.epoch (value) values (0);

-- How many calls of a link were admitted, and the admitted requests one by one.
create table policy.capability_calls (
  link_hash bytea  not null primary key check (octet_length(link_hash) = 32),
  used      bigint not null check (used > 0)
);

create table policy.capability_use (
  link_hash    bytea       not null check (octet_length(link_hash) = 32),
  request_id   uuid        not null,
  admission_id uuid        not null,
  used_at      timestamptz not null,
  primary key (link_hash, request_id)
);

grant usage on schema policy to talos_app;
grant select, insert on policy.capability to talos_app;
grant select, insert on policy.revocation to talos_app;
grant select, update on policy.epoch to talos_app;
grant select, insert, update on policy.capability_calls to talos_app;
grant select, insert on policy.capability_use to talos_app;
