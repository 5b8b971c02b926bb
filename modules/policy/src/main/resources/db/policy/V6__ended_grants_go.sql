-- Root grants that ended long ago are deleted; the audit log says what was granted. Revocations stay:
-- their numbers and their digest are what offline verifiers follow.
create index capability_expires_at on policy.capability (expires_at);

grant delete on policy.capability to talos_app;
