-- A signed prekey says what its owner speaks, and the signature covers that. Those of before do not
-- verify any more; their owners publish again.
delete from identity.signed_prekey;
alter table identity.signed_prekey
  add column suites text collate "C" not null check (length(suites) between 1 and 519);

-- Signed ML-KEM-768 prekeys: one of last resort for each agent, and one-time ones, of which a
-- claimed one stays as a memory.
create table identity.kem_prekey (
  agent_did    text        collate "C" not null references identity.agent (did),
  id           text        collate "C" not null check (length(id) between 1 and 64),
  kind         text        collate "C" not null check (kind in ('one-time', 'last-resort')),
  public_key   bytea       not null check (octet_length(public_key) = 1184),
  expires_at   timestamptz not null,
  signature    bytea       not null check (octet_length(signature) = 64),
  published_at timestamptz not null,
  claimed_at   timestamptz,
  claimed_by   text        collate "C" check (length(claimed_by) between 1 and 255),
  primary key (agent_did, id),
  unique (agent_did, public_key),
  check (kind = 'one-time' or claimed_at is null)
);

create unique index kem_prekey_last_resort on identity.kem_prekey (agent_did) where kind = 'last-resort';
create index kem_prekey_oldest on identity.kem_prekey (agent_did, published_at, id)
  where kind = 'one-time' and claimed_at is null;
create index kem_prekey_claimed on identity.kem_prekey (agent_did, claimed_by, claimed_at)
  where claimed_at is not null;

grant select, insert, delete, update (published_at, claimed_at, claimed_by) on identity.kem_prekey to talos_app;
