-- Private sessions between two agents. Talos keeps what it must to deliver, and nothing it could read.

-- The head of each session; its history is in session_event.
create table a2a.session (
  id              text        collate "C" not null primary key check (length(id) = 36),
  initiator_id    text        collate "C" not null check (length(initiator_id) between 1 and 255),
  responder_id    text        collate "C" not null check (length(responder_id) between 1 and 255),
  suite           text        not null check (length(suite) between 1 and 64),
  initial_message bytea       not null check (octet_length(initial_message) between 1 and 6144),
  state           text        not null check (state in ('pending', 'active', 'closed')),
  created_at      timestamptz not null,
  expires_at      timestamptz not null check (expires_at > created_at),
  event_count     bigint      not null check (event_count > 0),
  event_digest    text        not null check (event_digest ~ '^[0-9a-f]{64}$'),
  check (initiator_id <> responder_id)
);

-- Append-only, hash-chained: an event's digest covers the one before.
create table a2a.session_event (
  session_id      text        collate "C" not null references a2a.session (id),
  sequence        bigint      not null check (sequence >= 0),
  event_id        text        collate "C" not null unique check (length(event_id) = 36),
  actor_id        text        collate "C" not null,
  event_type      text        not null
    check (event_type in ('session_opened', 'session_accepted', 'session_rotated', 'session_closed')),
  ts              timestamptz not null,
  data            text        not null,
  previous_digest text        check (previous_digest ~ '^[0-9a-f]{64}$'),
  event_digest    text        not null check (event_digest ~ '^[0-9a-f]{64}$'),
  primary key (session_id, sequence),
  check ((sequence = 0) = (previous_digest is null))
);

-- A participant's sealed ratchet state, for that participant only.
create table a2a.parked_state (
  session_id text        collate "C" not null references a2a.session (id),
  owner_id   text        collate "C" not null,
  blob       bytea       not null check (octet_length(blob) between 1 and 262144),
  digest     text        not null check (digest ~ '^[0-9a-f]{64}$'),
  parked_at  timestamptz not null,
  primary key (session_id, owner_id)
);

-- One row for each direction of a session: what its next frame is held against.
create table a2a.lane (
  session_id   text   collate "C" not null references a2a.session (id),
  sender_id    text   collate "C" not null,
  recipient_id text   collate "C" not null,
  highest_seq  bigint not null check (highest_seq >= -1),
  position     bigint not null check (position >= 0),
  primary key (session_id, sender_id)
);

-- Sealed frames. The primary key is what makes a replay impossible.
create table a2a.frame (
  session_id      text        collate "C" not null references a2a.session (id),
  sender_id       text        collate "C" not null,
  sender_seq      bigint      not null check (sender_seq >= 0),
  recipient_id    text        collate "C" not null,
  position        bigint      not null check (position > 0),
  header          bytea       not null check (octet_length(header) between 1 and 512),
  ciphertext      bytea       not null check (octet_length(ciphertext) between 1 and 1048576),
  frame_digest    text        not null check (frame_digest ~ '^[0-9a-f]{64}$'),
  ciphertext_hash text        not null check (ciphertext_hash ~ '^[0-9a-f]{64}$'),
  signature       bytea       not null check (octet_length(signature) = 64),
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  accepted_at     timestamptz not null,
  primary key (session_id, sender_id, sender_seq),
  unique (session_id, recipient_id, position)
);
-- Ciphertext does not compress; trying costs time on every frame.
alter table a2a.frame alter column ciphertext set storage external;

grant usage on schema a2a to talos_app;
grant select, insert on a2a.session, a2a.session_event, a2a.parked_state, a2a.lane, a2a.frame to talos_app;
grant update (state, event_count, event_digest) on a2a.session to talos_app;
grant update (blob, digest, parked_at) on a2a.parked_state to talos_app;
grant update (highest_seq, position) on a2a.lane to talos_app;
