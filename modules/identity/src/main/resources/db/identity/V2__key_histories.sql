-- What an agent's owner says of its keys, signed. Statements are only ever added.
create table identity.key_statement (
  did         text        collate "C" not null references identity.agent (did),
  sequence    integer     not null check (sequence between 0 and 255),
  statement   text        not null check (length(statement) <= 2048),
  key         bytea       unique check (octet_length(key) = 32),
  accepted_at timestamptz not null,
  primary key (did, sequence)
);

-- The key that speaks for the agent now; null while the DID's own key does.
alter table identity.agent add column current_key bytea check (octet_length(current_key) = 32);

grant select, insert on identity.key_statement to talos_app;
grant update (current_key, key_agreement_key, key_agreement_signature) on identity.agent to talos_app;
-- A new key ends what the old one signed.
grant delete on identity.signed_prekey to talos_app;
