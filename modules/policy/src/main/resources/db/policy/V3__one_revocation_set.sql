-- One set holds everything that can be revoked: the hash of a capability link, or the id of a signing key.
-- Each row carries the digest chain over all ids up to its own, so that a node, and anybody who reads the
-- feed, can tell a longer set from another one.
alter table policy.revocation rename column link_hash to id;
alter table policy.revocation add column kind text not null default 'link' check (kind in ('link', 'key'));
alter table policy.revocation alter column kind drop default;
alter table policy.revocation add column chain bytea check (octet_length(chain) = 32);
alter table policy.epoch add column chain bytea not null default decode(repeat('00', 32), 'hex')
  check (octet_length(chain) = 32);

do $$
declare
  entry record;
  link bytea := decode(repeat('00', 32), 'hex');
begin
  for entry in select id from policy.revocation order by epoch loop
    link := sha256(convert_to('talos:revocation-chain:v1' || chr(10), 'UTF8') || link || entry.id);
    update policy.revocation set chain = link where id = entry.id;
  end loop;
  update policy.epoch set chain = link;
end
$$;

alter table policy.revocation alter column chain set not null;
drop index policy.revocation_epoch;
create unique index revocation_epoch on policy.revocation (epoch);
