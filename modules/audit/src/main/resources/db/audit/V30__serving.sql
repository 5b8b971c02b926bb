-- What events are looked for by. They are listed by time, and by their ids within one time; so every index that finds a few
-- of them has that order, and a page costs what a page holds. What is in the event's text but looked for gets a column.

alter table audit.event add column code text, add column resource_id text;
update audit.event
  set code = cast(event as json) ->> 'code', resource_id = cast(event as json) #>> '{resource,id}'
  where event like '%"code":%' or event like '%"resource":%';

drop index audit.event_by_principal;
drop index audit.event_by_kind;
create index event_by_time on audit.event (ts desc, event_id desc);
create index event_by_principal on audit.event (principal_id, ts desc, event_id desc) where principal_id is not null;
create index event_by_kind on audit.event (kind, ts desc, event_id desc);
create index event_by_surface on audit.event (surface_id, ts desc, event_id desc) where surface_id is not null;
create index event_by_resource on audit.event (resource_id, ts desc, event_id desc) where resource_id is not null;
-- Nearly all went well, so these are found by time; the others are rare, and are what people look for.
create index event_by_other_result on audit.event (result, ts desc, event_id desc) where result <> 'success';
