-- Under which pepper a tag was made (the name of a sealed secret), whose the key is, and when it
-- was last used, to the minute.
alter table identity.virtual_key
  add column pepper_id    text collate "C" not null default 'identity/virtual-key-pepper'
                          check (length(pepper_id) between 1 and 100),
  add column team_id      text collate "C" references identity.team (id),
  add column principal    text collate "C" references identity.principal (id),
  add column last_used_at timestamptz;

alter table identity.virtual_key alter column pepper_id drop default;

create index virtual_key_team on identity.virtual_key (team_id, id);

grant update (last_used_at) on identity.virtual_key to talos_app;
