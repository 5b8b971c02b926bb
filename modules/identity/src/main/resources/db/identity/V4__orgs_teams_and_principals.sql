-- Organisations. The domain says whose did:web documents are fetched.
create table identity.org (
  id         text        collate "C" primary key check (length(id) = 36),
  name       text        not null check (length(name) between 1 and 100),
  domain     text        collate "C" not null unique check (length(domain) between 3 and 100),
  created_at timestamptz not null
);

-- Teams; a team stays with its organisation.
create table identity.team (
  id         text        collate "C" primary key check (length(id) = 36),
  org_id     text        collate "C" not null references identity.org (id),
  name       text        not null check (length(name) between 1 and 100),
  created_at timestamptz not null,
  unique (org_id, name),
  unique (id, org_id)
);

-- Who belongs to a team. An agent is known by its DID, a user by its subject, a service account by
-- its virtual keys.
create table identity.principal (
  id           text        collate "C" primary key check (length(id) = 36),
  principal_id text        collate "C" not null check (length(principal_id) between 1 and 200),
  type         text        not null check (type in ('user', 'service_account', 'agent')),
  team_id      text        collate "C" not null,
  org_id       text        collate "C" not null,
  did          text        collate "C" unique check (length(did) between 9 and 255),
  display_name text        check (length(display_name) between 1 and 100),
  status       text        not null check (status in ('active', 'suspended', 'revoked')),
  created_at   timestamptz not null,
  revoked_at   timestamptz,
  foreign key (team_id, org_id) references identity.team (id, org_id),
  unique (type, principal_id),
  check ((type = 'agent') = (did is not null)),
  check ((status = 'revoked') = (revoked_at is not null))
);

create index principal_team on identity.principal (team_id, id);

grant select, insert on identity.org, identity.team to talos_app;
grant select, insert, update (status, team_id, org_id, revoked_at) on identity.principal to talos_app;
