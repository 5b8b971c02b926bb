package io.talos.identity;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.OrgCreated;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.time.WireTime;
import io.talos.identity.directory.Directory;
import io.talos.identity.directory.Domain;
import io.talos.identity.directory.Org;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Makes an organisation known; from the commit on documents of did:web on its domain are fetched.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_INPUT} for the domain, {@link
 * ErrorCode#ORG_EXISTS}. Audited as {@code org.created}.
 */
@Dependent
public class CreateOrg {
  private final Directory directory;
  private final UuidV7Generator ids;
  private final Event<OrgCreated> created;
  private final InstantSource clock;

  @Inject
  CreateOrg(
      Directory directory, UuidV7Generator ids, Event<OrgCreated> created, InstantSource clock) {
    this.directory = directory;
    this.ids = ids;
    this.created = created;
    this.clock = clock;
  }

  /** Creates one. */
  @Transactional
  public Outcome<Org> create(String name, String domain) {
    Instant now = WireTime.cut(clock.instant());
    Org org = new Org(ids.next(now), name, new Domain(domain), now);
    if (!directory.add(org)) {
      return Outcome.refused(ErrorCode.ORG_EXISTS);
    }
    created.fire(new OrgCreated(org.id(), domain));
    return Outcome.done(org);
  }
}
