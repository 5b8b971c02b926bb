-- A claimed one-time prekey stays as a memory, so that its id and key are never given out again and
-- nobody can take more than a share.
alter table identity.one_time_prekey add column claimed_at timestamptz;
alter table identity.one_time_prekey add column claimed_by text collate "C" check (length(claimed_by) between 1 and 255);

drop index identity.one_time_prekey_oldest;
create index one_time_prekey_oldest on identity.one_time_prekey (agent_did, published_at, id)
  where claimed_at is null;
create index one_time_prekey_claimed on identity.one_time_prekey (agent_did, claimed_by, claimed_at)
  where claimed_at is not null;

grant update (claimed_at, claimed_by) on identity.one_time_prekey to talos_app;
