-- Groups of agents. Talos orders what they send, and keeps nothing that it could read.

-- The head of each group. One row, so that of all commits made in an epoch one update wins.
create table a2a.agent_group (
  id              text        collate "C" not null primary key check (length(id) = 36),
  name            text        check (length(name) between 1 and 255),
  owner_id        text        collate "C" not null check (length(owner_id) between 1 and 255),
  state           text        not null check (state in ('active', 'closed')),
  epoch           bigint      not null check (epoch >= 0),
  position        bigint      not null check (position >= epoch),
  pruned_position bigint      not null default 0 check (pruned_position between 0 and position),
  stored_bytes    bigint      not null default 0 check (stored_bytes >= 0),
  created_at      timestamptz not null,
  event_count     bigint      not null check (event_count > 0),
  event_digest    text        not null check (event_digest ~ '^[0-9a-f]{64}$')
);
create index agent_group_unpruned on a2a.agent_group (id) where pruned_position < position;

-- Append-only, hash-chained: an event's digest covers the one before.
create table a2a.group_event (
  group_id        text        collate "C" not null references a2a.agent_group (id),
  sequence        bigint      not null check (sequence >= 0),
  event_id        text        collate "C" not null unique check (length(event_id) = 36),
  actor_id        text        collate "C" not null,
  target_id       text        collate "C",
  event_type      text        not null
    check (event_type in ('group_created', 'epoch_committed', 'member_added', 'member_removed', 'member_leaving',
      'member_invited', 'owner_changed', 'group_closed')),
  ts              timestamptz not null,
  data            text        not null,
  previous_digest text        check (previous_digest ~ '^[0-9a-f]{64}$'),
  event_digest    text        not null check (event_digest ~ '^[0-9a-f]{64}$'),
  primary key (group_id, sequence),
  check ((sequence = 0) = (previous_digest is null))
);

-- One row for each stay of an agent in a group: what it may read, and how far it has come.
create table a2a.group_member (
  group_id       text    collate "C" not null references a2a.agent_group (id),
  agent_id       text    collate "C" not null check (length(agent_id) between 1 and 255),
  since_epoch    bigint  not null check (since_epoch >= 0),
  from_position  bigint  not null check (from_position > 0),
  until_position bigint  check (until_position >= from_position),
  leaving_epoch  bigint  check (leaving_epoch >= since_epoch),
  acknowledged   bigint  not null check (acknowledged >= from_position - 1),
  primary key (group_id, agent_id, from_position)
);
create unique index group_member_now on a2a.group_member (group_id, agent_id) where until_position is null;
create index group_member_by_agent on a2a.group_member (agent_id, group_id) where until_position is null;

create table a2a.group_invitation (
  group_id   text        collate "C" not null references a2a.agent_group (id),
  agent_id   text        collate "C" not null check (length(agent_id) between 1 and 255),
  inviter_id text        collate "C" not null,
  expires_at timestamptz not null,
  primary key (group_id, agent_id)
);

-- What an external commit is made from; the newest alone.
create table a2a.group_info (
  group_id text   collate "C" not null primary key references a2a.agent_group (id),
  epoch    bigint not null check (epoch > 0),
  content  bytea  not null check (octet_length(content) between 1 and 262144)
);

-- What was sent, in the server's order without gaps. A commit carries the welcome of those whom it adds.
create table a2a.group_entry (
  group_id  text        collate "C" not null references a2a.agent_group (id),
  position  bigint      not null check (position > 0),
  kind      text        not null check (kind in ('commit', 'proposal', 'message')),
  sender_id text        collate "C" not null,
  epoch     bigint      not null check (epoch >= 0),
  content   bytea       not null check (octet_length(content) between 1 and 1048576),
  welcome   bytea       check (octet_length(welcome) between 1 and 524288),
  added     text,
  removed   text,
  external  boolean,
  bytes     integer     not null check (bytes > 0),
  sent_at   timestamptz not null,
  primary key (group_id, position),
  check ((kind = 'commit') = (added is not null and removed is not null and external is not null)),
  check (welcome is null or kind = 'commit')
);
-- One commit for each epoch, whatever the code above thinks.
create unique index group_entry_commit on a2a.group_entry (group_id, epoch) where kind = 'commit';
-- Ciphertext does not compress; trying costs time on every entry.
alter table a2a.group_entry alter column content set storage external, alter column welcome set storage external;

-- Single-use key packages that nobody has claimed.
create table a2a.key_package (
  agent_id     text        collate "C" not null check (length(agent_id) between 1 and 255),
  hash         text        not null check (hash ~ '^[0-9a-f]{64}$'),
  content      bytea       not null check (octet_length(content) between 1 and 4096),
  published_at timestamptz not null,
  primary key (agent_id, hash)
);
create index key_package_oldest on a2a.key_package (agent_id, published_at, hash);

-- The memory of those that were claimed, so that none comes back and nobody takes more than a share.
create table a2a.key_package_claim (
  agent_id   text        collate "C" not null,
  hash       text        not null check (hash ~ '^[0-9a-f]{64}$'),
  claimed_by text        collate "C" not null check (length(claimed_by) between 1 and 255),
  claimed_at timestamptz not null,
  primary key (agent_id, hash)
);
create index key_package_claim_by_claimer on a2a.key_package_claim (agent_id, claimed_by, claimed_at);

-- For when no other is left.
create table a2a.last_resort_key_package (
  agent_id text  collate "C" not null primary key check (length(agent_id) between 1 and 255),
  hash     text  not null check (hash ~ '^[0-9a-f]{64}$'),
  content  bytea not null check (octet_length(content) between 1 and 4096)
);

grant select, insert on a2a.agent_group, a2a.group_event, a2a.group_member, a2a.group_invitation, a2a.group_info,
  a2a.group_entry, a2a.key_package, a2a.key_package_claim, a2a.last_resort_key_package to talos_app;
grant update (owner_id, state, epoch, position, pruned_position, stored_bytes, event_count, event_digest)
  on a2a.agent_group to talos_app;
grant update (until_position, leaving_epoch, acknowledged) on a2a.group_member to talos_app;
grant update (inviter_id, expires_at), delete on a2a.group_invitation to talos_app;
grant update (epoch, content) on a2a.group_info to talos_app;
grant delete on a2a.group_entry, a2a.key_package_claim to talos_app;
-- Taking the oldest one locks its row, for which Postgres asks the right to update one column.
grant delete, update (published_at) on a2a.key_package to talos_app;
grant update (hash, content) on a2a.last_resort_key_package to talos_app;
