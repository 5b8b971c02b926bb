-- What was published and is not in the database any more. The log is stopped for good; the one that followed holds the event.
create table audit.log_loss (
  origin    text        not null check (length(origin) between 1 and 255),
  -- the published checkpoint, and what is left of its log
  size      bigint      not null check (size > 0),
  surviving bigint      not null check (surviving >= 0 and surviving < size),
  note      text        not null,
  event_id  uuid        not null references audit.event,
  -- the log in which the event stands
  log_id    bigint      not null references audit.log,
  noted_at  timestamptz not null,
  primary key (origin, size)
);

grant select, insert on audit.log_loss to talos_app;
