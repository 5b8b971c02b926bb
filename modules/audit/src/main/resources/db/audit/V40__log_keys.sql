-- A log may change its key: for a while two of them sign.
create table audit.log_key (
  log_id     bigint      not null references audit.log,
  vkey       text        not null,
  -- the smallest size whose checkpoint it signs
  first_size bigint      not null check (first_size >= 0),
  -- the event that named it; none for the key that the log was opened with
  event_id   uuid        references audit.event,
  added_at   timestamptz not null,
  primary key (log_id, vkey)
);

create table audit.log_key_end (
  log_id   bigint      not null,
  vkey     text        not null,
  -- the first size whose checkpoint it does not sign any more
  end_size bigint      not null check (end_size > 0),
  event_id uuid        not null references audit.event,
  ended_at timestamptz not null,
  primary key (log_id, vkey),
  foreign key (log_id, vkey) references audit.log_key
);

insert into audit.log_key (log_id, vkey, first_size, added_at) select log_id, vkey, 0, opened_at from audit.log;
alter table audit.log drop column vkey;

grant select, insert on audit.log_key, audit.log_key_end to talos_app;
