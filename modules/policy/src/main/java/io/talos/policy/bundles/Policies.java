package io.talos.policy.bundles;

import io.talos.contracts.id.UuidV7;
import java.util.List;
import java.util.Optional;

/** Where drafts and published versions are kept. */
public interface Policies {
  /** Lets one publisher in at a time, until its transaction ends. */
  void waitForPublishers();

  /** The newest version's number; 0 when none was published. */
  long newest();

  /** A published version. */
  Optional<PublishedPolicy> find(long version);

  /** Adds the next version. */
  void add(PublishedPolicy policy);

  /** Versions below {@code before}, the newest first; at most {@code most}. */
  List<PublishedPolicy.Summary> history(long before, int most);

  /** Adds a draft. */
  void add(PolicyDraft draft);

  /** A draft. */
  Optional<PolicyDraft> draft(UuidV7 id);

  /** Removes a draft, if it is there. */
  boolean discard(UuidV7 id);

  /** All drafts, the newest first. */
  List<PolicyDraft.Summary> drafts();
}
