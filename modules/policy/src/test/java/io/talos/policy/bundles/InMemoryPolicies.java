package io.talos.policy.bundles;

import io.talos.contracts.id.UuidV7;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Policies in memory, for tests. */
public final class InMemoryPolicies implements Policies {
  private final ConcurrentSkipListMap<Long, PublishedPolicy> versions =
      new ConcurrentSkipListMap<>();
  private final Map<String, PolicyDraft> drafts = new ConcurrentSkipListMap<>();

  /** Forgets the versions above {@code version}, as a restored database does. */
  public void restoreTo(long version) {
    versions.tailMap(version, false).clear();
  }

  @Override
  public void waitForPublishers() {}

  @Override
  public long newest() {
    return versions.isEmpty() ? 0 : versions.lastKey();
  }

  @Override
  public Optional<PublishedPolicy> find(long version) {
    return Optional.ofNullable(versions.get(version));
  }

  @Override
  public void add(PublishedPolicy policy) {
    if (versions.putIfAbsent(policy.summary().version(), policy) != null) {
      throw new IllegalStateException("the version exists");
    }
  }

  @Override
  public List<PublishedPolicy.Summary> history(long before, int most) {
    return versions.headMap(before).descendingMap().values().stream()
        .limit(most)
        .map(PublishedPolicy::summary)
        .toList();
  }

  @Override
  public void add(PolicyDraft draft) {
    drafts.put(draft.id().text(), draft);
  }

  @Override
  public Optional<PolicyDraft> draft(UuidV7 id) {
    return Optional.ofNullable(drafts.get(id.text()));
  }

  @Override
  public boolean discard(UuidV7 id) {
    return drafts.remove(id.text()) != null;
  }

  @Override
  public List<PolicyDraft.Summary> drafts() {
    return drafts.values().stream()
        .map(d -> new PolicyDraft.Summary(d.id(), d.digest().hex(), d.createdAt(), d.createdBy()))
        .sorted(
            Comparator.comparing((PolicyDraft.Summary summary) -> summary.id().text()).reversed())
        .limit(Limits.DRAFTS_MAX)
        .toList();
  }
}
