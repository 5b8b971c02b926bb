-- What anchors checkpoints outside of the log. The application may add evidence, blocks and what it witnessed, never change
-- or delete them; tasks, leases and what a witness is believed to know are work, and prove nothing.

-- One row for each checkpoint that was taken to be anchored.
create table audit.anchor_epoch (
  log_id    bigint      not null,
  size      bigint      not null,
  opened_at timestamptz not null,
  primary key (log_id, size),
  foreign key (log_id, size) references audit.checkpoint
);
create index anchor_epoch_by_time on audit.anchor_epoch (opened_at desc);

-- What a lane still owes an epoch; gone once the evidence is there.
create table audit.anchor_task (
  kind      text        not null check (kind in ('witness', 'rfc3161', 'evm')),
  log_id    bigint      not null,
  size      bigint      not null,
  opened_at timestamptz not null,
  tries     integer     not null default 0 check (tries >= 0),
  next_try  timestamptz not null,
  last_code text,
  primary key (kind, log_id, size),
  foreign key (log_id, size) references audit.anchor_epoch
);
create index anchor_task_due on audit.anchor_task (kind, next_try);

-- The name tells witnesses apart; the key keeps every effect to one row, however often it is reported.
create table audit.anchor (
  log_id       bigint      not null,
  size         bigint      not null,
  kind         text        not null check (kind in ('witness', 'rfc3161', 'evm', 'block')),
  name         text        not null,
  evidence     text        not null,
  confirmed_at timestamptz not null,
  primary key (log_id, size, kind, name),
  foreign key (log_id, size) references audit.anchor_epoch
);

-- Who works at a lane now. A lane talks to others for seconds, which no transaction should be kept open for.
create table audit.anchor_lane (
  lane       text        primary key,
  holder     text        not null,
  held_until timestamptz not null
);

-- The size that a witness cosigned last, as far as we know; a wrong one is mended by its answer.
create table audit.witness_known (
  witness text   not null,
  log_id  bigint not null references audit.log,
  size    bigint not null check (size >= 0),
  primary key (witness, log_id)
);

-- Every transaction that was ever signed, written before it is sent.
create table audit.evm_attempt (
  log_id  bigint      not null,
  size    bigint      not null,
  attempt integer     not null check (attempt >= 0),
  nonce   bigint      not null check (nonce >= 0),
  raw     bytea       not null,
  sent_at timestamptz not null,
  primary key (log_id, size, attempt),
  foreign key (log_id, size) references audit.anchor_epoch
);

create table audit.block (
  height     bigint      primary key check (height >= 0),
  hash       bytea       not null unique check (octet_length(hash) = 32),
  log_id     bigint      not null,
  size       bigint      not null,
  block      text        not null,
  created_at timestamptz not null,
  foreign key (log_id, size) references audit.anchor_epoch
);

-- What this node cosigned for other logs. A size has one root, whatever the application does.
create table audit.witnessed (
  origin      text        not null check (length(origin) between 1 and 255),
  size        bigint      not null check (size >= 0),
  root        bytea       not null check (octet_length(root) = 32),
  note        text        not null,
  cosigned_at timestamptz not null,
  primary key (origin, size)
);

-- Other roots that a log signed for a size that was cosigned: the evidence of a fork.
create table audit.witness_contradiction (
  origin   text        not null,
  size     bigint      not null,
  root     bytea       not null check (octet_length(root) = 32),
  note     text        not null,
  shown_at timestamptz not null,
  primary key (origin, size, root)
);

grant select, insert on audit.anchor_epoch, audit.anchor, audit.evm_attempt, audit.block, audit.witnessed,
  audit.witness_contradiction to talos_app;
grant select, insert, update, delete on audit.anchor_task to talos_app;
grant select, insert, update on audit.anchor_lane, audit.witness_known to talos_app;
