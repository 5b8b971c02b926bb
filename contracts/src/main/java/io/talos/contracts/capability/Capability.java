package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chain that {@link CapabilityVerifier} found good for one presentation. Revocation, used-up
 * calls and spent money are not in the chain; whoever admits a request checks those.
 */
public final class Capability {
  private final UnverifiedCapability chain;
  private final List<Bytes> linkHashes;
  private final List<Bytes> revocationIds;
  private final Bytes hash;

  Capability(UnverifiedCapability verified) {
    this.chain = verified;
    this.linkHashes = verified.links().stream().map(Link::hash).toList();
    this.hash = verified.hash();
    List<Bytes> ids = new ArrayList<>();
    for (Link link : verified.links()) {
      ids.add(RevocationId.ofLink(link.hash()));
      ids.add(RevocationId.ofKey(link.terms().signingKey()));
    }
    this.revocationIds = List.copyOf(ids);
  }

  /** SHA-256 of the whole chain, signatures included. */
  public Bytes hash() {
    return hash;
  }

  /** The links, root first. */
  public List<Link> links() {
    return chain.links();
  }

  /** The hash of every link, root first. */
  public List<Bytes> linkHashes() {
    return linkHashes;
  }

  /**
   * Everything whose revocation ends this capability, root first: each link's hash and the id of
   * the key that signed it.
   */
  public List<Bytes> revocationIds() {
    return revocationIds;
  }

  /** What the last link says. */
  public Terms terms() {
    return chain.leaf().terms();
  }

  /** The chain, to be checked again. */
  UnverifiedCapability chain() {
    return chain;
  }

  /**
   * A constraint that {@code arguments} break; empty when they keep all. Every link's are asked,
   * though the last one's imply the others', so that one mistake is not enough to widen a right.
   */
  public Optional<Constraint> brokenBy(JsonObject arguments) {
    List<Link> links = chain.links();
    for (int i = 0; i < links.size(); i++) {
      List<Constraint> constraints = links.get(i).terms().constraints();
      for (int j = 0; j < constraints.size(); j++) {
        if (!constraints.get(j).holds(arguments)) {
          return Optional.of(constraints.get(j));
        }
      }
    }
    return Optional.empty();
  }
}
