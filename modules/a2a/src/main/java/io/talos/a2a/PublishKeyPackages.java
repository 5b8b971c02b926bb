package io.talos.a2a;

import io.talos.a2a.groups.KeyPackage;
import io.talos.a2a.groups.KeyPackages;
import io.talos.a2a.groups.Limits;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.KeyPackagesPublished;
import io.talos.contracts.port.AgentDirectory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Keeps an agent's key packages for those who add it to groups. The same one is never taken twice,
 * so that none is ever handed out twice.
 *
 * <p>Source: RFC 9420 §10, §16.8.
 *
 * <p>Refuses with: {@link ErrorCode#AGENT_NOT_FOUND} for callers that are no active agents, {@link
 * ErrorCode#A2A_KEY_PACKAGE_INVALID} when one was published before or more than {@value
 * Limits#KEY_PACKAGES_MAX} would be in stock. Audited as {@code key_packages.published}.
 */
@Dependent
public class PublishKeyPackages {
  private final KeyPackages packages;
  private final AgentDirectory agents;
  private final Event<KeyPackagesPublished> published;
  private final InstantSource clock;

  @Inject
  PublishKeyPackages(
      KeyPackages packages,
      AgentDirectory agents,
      Event<KeyPackagesPublished> published,
      InstantSource clock) {
    this.packages = packages;
    this.agents = agents;
    this.published = published;
    this.clock = clock;
  }

  /**
   * What is left.
   *
   * @param available single-use ones
   * @param lastResort whether there is one for when no other is left
   */
  public record Stock(int available, boolean lastResort) {
    /** Whether more should be brought. */
    public boolean low() {
      return available <= Limits.KEY_PACKAGES_LOW;
    }
  }

  /** What {@code actor} has here now. */
  @Transactional
  public Stock stock(String actor) {
    return new Stock(packages.count(actor), packages.lastResort(actor).isPresent());
  }

  /** Keeps key packages of {@code actor}. */
  @Transactional
  public Outcome<Stock> publish(
      String actor, List<KeyPackage> fresh, Optional<KeyPackage> lastResort) {
    Instant now = clock.instant();
    if (agents.find(actor).filter(AgentDirectory.Agent::active).isEmpty()) {
      return Outcome.refused(ErrorCode.AGENT_NOT_FOUND);
    }
    packages.lock(actor);
    List<KeyPackage> all = new ArrayList<>(fresh);
    lastResort.ifPresent(all::add);
    boolean repeated =
        new HashSet<>(all.stream().map(KeyPackage::hash).toList()).size() < all.size();
    if (repeated
        || packages.isKnown(actor, all)
        || packages.count(actor) + fresh.size() > Limits.KEY_PACKAGES_MAX) {
      return Outcome.refused(ErrorCode.A2A_KEY_PACKAGE_INVALID);
    }
    packages.add(actor, fresh, now);
    lastResort.ifPresent(one -> packages.putLastResort(actor, one));
    Stock stock = stock(actor);
    published.fire(
        new KeyPackagesPublished(actor, fresh.size(), lastResort.isPresent(), stock.available()));
    return Outcome.done(stock);
  }
}
