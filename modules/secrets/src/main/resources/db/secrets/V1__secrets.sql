-- One row for each secret: its current version. A replaced version is deleted, not kept.
create table secrets.secret (
  name        text        collate "C" not null check (length(name) between 1 and 128),
  version     bigint      not null check (version > 0),
  kek_id      text        not null check (length(kek_id) between 1 and 32),
  nonce       bytea       not null check (octet_length(nonce) = 12),
  ciphertext  bytea       not null check (octet_length(ciphertext) between 17 and 65552),
  wrap_nonce  bytea       not null check (octet_length(wrap_nonce) = 12),
  wrapped_dek bytea       not null check (octet_length(wrapped_dek) = 48),
  created_at  timestamptz not null,
  primary key (name, version)
);

create index secret_kek on secrets.secret (kek_id);

grant usage on schema secrets to talos_app;
grant select, insert, delete on secrets.secret to talos_app;
