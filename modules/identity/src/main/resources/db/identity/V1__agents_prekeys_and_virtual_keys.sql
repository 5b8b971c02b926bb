-- Registered agents. The DID is the key; a registration is never changed, only revoked.
create table identity.agent (
  did                     text        collate "C" primary key check (length(did) between 9 and 255),
  key_agreement_key       bytea       not null check (octet_length(key_agreement_key) = 32),
  key_agreement_signature bytea       not null check (octet_length(key_agreement_signature) = 64),
  display_name            text        check (length(display_name) between 1 and 100),
  registered_at           timestamptz not null,
  revoked_at              timestamptz
);

-- One current signed prekey for each agent.
create table identity.signed_prekey (
  agent_did  text        collate "C" primary key references identity.agent (did),
  id         text        not null check (length(id) between 1 and 64),
  public_key bytea       not null check (octet_length(public_key) = 32),
  expires_at timestamptz not null,
  signature  bytea       not null check (octet_length(signature) = 64)
);

-- One-time prekeys that nobody has claimed. A claimed one is deleted by its claim.
create table identity.one_time_prekey (
  agent_did    text        collate "C" not null references identity.agent (did),
  id           text        collate "C" not null check (length(id) between 1 and 64),
  public_key   bytea       not null check (octet_length(public_key) = 32),
  published_at timestamptz not null,
  primary key (agent_did, id),
  unique (agent_did, public_key)
);

create index one_time_prekey_oldest on identity.one_time_prekey (agent_did, published_at, id);

-- Bearer keys: a tag under a sealed pepper, never the key.
create table identity.virtual_key (
  id         text        collate "C" primary key check (length(id) = 36),
  name       text        not null check (length(name) between 1 and 100),
  tag        bytea       not null check (octet_length(tag) = 32),
  issued_at  timestamptz not null,
  expires_at timestamptz not null check (expires_at > issued_at),
  revoked_at timestamptz
);

grant usage on schema identity to talos_app;
grant select, insert, update (revoked_at) on identity.agent to talos_app;
grant select, insert, update on identity.signed_prekey to talos_app;
-- Taking the oldest prekey locks its row, for which Postgres asks the right to update one column.
grant select, insert, delete, update (published_at) on identity.one_time_prekey to talos_app;
grant select, insert, update (revoked_at) on identity.virtual_key to talos_app;
