-- The checkpoints that are given out. Where the log has to be on a synchronous standby first, one is added here after it is.
create table audit.published (
  log_id       bigint      not null,
  size         bigint      not null,
  published_at timestamptz not null,
  primary key (log_id, size),
  foreign key (log_id, size) references audit.checkpoint
);
insert into audit.published (log_id, size, published_at) select log_id, size, published_at from audit.checkpoint;

grant select, insert on audit.published to talos_app;
