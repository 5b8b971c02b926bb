-- Each recipient's frames have one order across all of its sessions, an end, and a bound.

-- The row is locked by whoever adds a frame until its transaction ends, so places are given in the order of commits
-- and without gaps: a reader that has seen place n has seen everything before it.
create table a2a.inbox (
  agent_id      text   collate "C" not null primary key check (length(agent_id) between 1 and 255),
  position      bigint not null default 0 check (position >= 0),
  acknowledged  bigint not null default 0 check (acknowledged between 0 and position),
  unread_frames bigint not null default 0 check (unread_frames >= 0),
  unread_bytes  bigint not null default 0 check (unread_bytes >= 0)
);

-- A frame that is over keeps its row without header and ciphertext while its number lies within the window, so that
-- the number stays used.
alter table a2a.frame
  add column inbox_position   bigint,
  add column ciphertext_bytes integer,
  add column acknowledged_at  timestamptz,
  alter column header drop not null,
  alter column ciphertext drop not null;

update a2a.frame f
  set inbox_position = p.place, ciphertext_bytes = octet_length(f.ciphertext)
  from (select session_id, sender_id, sender_seq,
          row_number() over (partition by recipient_id order by accepted_at, session_id, position) as place
        from a2a.frame) p
  where p.session_id = f.session_id and p.sender_id = f.sender_id and p.sender_seq = f.sender_seq;

alter table a2a.frame
  alter column inbox_position set not null,
  alter column ciphertext_bytes set not null,
  add check (inbox_position > 0),
  add check (ciphertext_bytes between 1 and 1048576),
  add check ((header is null) = (ciphertext is null));

insert into a2a.inbox (agent_id, position, unread_frames, unread_bytes)
  select l.recipient_id, coalesce(max(f.inbox_position), 0), count(f.inbox_position), coalesce(sum(f.ciphertext_bytes), 0)
  from (select distinct recipient_id from a2a.lane) l left join a2a.frame f on f.recipient_id = l.recipient_id
  group by l.recipient_id;

create unique index frame_by_inbox on a2a.frame (recipient_id, inbox_position);
create index frame_unread_by_expiry on a2a.frame (expires_at) where ciphertext is not null and acknowledged_at is null;
create index frame_read_by_time on a2a.frame (acknowledged_at) where ciphertext is not null and acknowledged_at is not null;
create index frame_without_content on a2a.frame (recipient_id) where ciphertext is null;

-- A session that is over loses its initial message and parked states after a while; its history stays.
alter table a2a.session
  add column ended_at timestamptz,
  add column swept    boolean not null default false,
  alter column initial_message drop not null,
  add check (not swept or initial_message is null);
update a2a.session s
  set ended_at = (select max(e.ts) from a2a.session_event e where e.session_id = s.id)
  where state = 'closed';
create index session_by_initiator on a2a.session (initiator_id, id);
create index session_by_responder on a2a.session (responder_id, id);
create index session_open_by_initiator on a2a.session (initiator_id, expires_at) where state <> 'closed';
create index session_by_end on a2a.session ((coalesce(ended_at, expires_at))) where not swept;

-- The owner's own count of its states; it only rises, so that an older state cannot be put back unnoticed.
alter table a2a.parked_state add column counter bigint not null default 0 check (counter >= 0);

-- Takes a lock that lasts until the transaction ends; false when somebody else keeps it for longer than the wait.
create function a2a.lock_within(name text, wait_millis integer) returns boolean
  language plpgsql volatile as $$
declare
  place bigint := pg_catalog.hashtextextended(name, 0);
begin
  if pg_catalog.pg_try_advisory_xact_lock(place) then
    return true;
  end if;
  begin
    perform pg_catalog.set_config('lock_timeout', wait_millis::text, true);
    perform pg_catalog.pg_advisory_xact_lock(place);
    perform pg_catalog.set_config('lock_timeout', '0', true);
    return true;
  exception when lock_not_available then
    return false;
  end;
end
$$;

grant select, insert on a2a.inbox to talos_app;
grant update (position, acknowledged, unread_frames, unread_bytes) on a2a.inbox to talos_app;
grant update (header, ciphertext, acknowledged_at), delete on a2a.frame to talos_app;
grant update (initial_message, ended_at, swept) on a2a.session to talos_app;
grant update (counter), delete on a2a.parked_state to talos_app;
