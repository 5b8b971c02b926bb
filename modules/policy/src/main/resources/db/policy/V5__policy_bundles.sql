-- Drafts of the policy; an operator removes what is not published.
create table policy.bundle_draft (
  id         uuid        not null primary key,
  document   text        not null check (length(document) between 2 and 1048576),
  digest     text        collate "C" not null check (digest ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null,
  created_by text        not null check (length(created_by) between 1 and 255)
);

-- Published versions, numbered without a gap. A row is never changed and never deleted.
create table policy.bundle_version (
  version        bigint      not null primary key check (version > 0),
  document       text        not null check (length(document) between 2 and 1048576),
  digest         text        collate "C" not null check (digest ~ '^[0-9a-f]{64}$'),
  published_at   timestamptz not null,
  published_by   text        not null check (length(published_by) between 1 and 255),
  note           text        check (length(note) between 1 and 500),
  rolled_back_to bigint      check (rolled_back_to >= 0 and rolled_back_to < version),
  signer         text        check (length(signer) between 1 and 128),
  signature      text        check (length(signature) = 86),
  check ((signer is null) = (signature is null))
);

grant select, insert, delete on policy.bundle_draft to talos_app;
grant select, insert on policy.bundle_version to talos_app;
