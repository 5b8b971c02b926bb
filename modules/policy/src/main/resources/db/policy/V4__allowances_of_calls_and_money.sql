-- A link may limit calls, money, or both. What was used of each, and by which admitted request.
alter table policy.capability_calls rename to allowance;
alter table policy.allowance add column kind text not null default 'calls' check (kind in ('calls', 'spend'));
alter table policy.allowance add column ends_at timestamptz;
alter table policy.allowance drop constraint capability_calls_pkey;
alter table policy.allowance add primary key (link_hash, kind);
alter table policy.allowance alter column kind drop default;
create index allowance_ends on policy.allowance (ends_at);

alter table policy.capability_use rename to allowance_use;
alter table policy.allowance_use add column kind text not null default 'calls' check (kind in ('calls', 'spend'));
alter table policy.allowance_use add column amount bigint not null default 1 check (amount > 0);
alter table policy.allowance_use drop constraint capability_use_pkey;
alter table policy.allowance_use add primary key (link_hash, kind, request_id);
alter table policy.allowance_use alter column kind drop default, alter column amount drop default;
create index allowance_use_used_at on policy.allowance_use (used_at);

-- What can never be used again is swept: an allowance after its link has ended, a use after a week.
grant delete on policy.allowance to talos_app;
grant delete on policy.allowance_use to talos_app;
