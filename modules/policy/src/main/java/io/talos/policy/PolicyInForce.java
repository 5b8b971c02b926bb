package io.talos.policy;

import io.talos.contracts.policy.BuiltInPolicy;
import io.talos.contracts.policy.PolicyDocument;
import io.talos.contracts.registry.Surface;
import io.talos.contracts.registry.SurfaceRegistry;
import io.talos.policy.rights.ActivePolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * The policy that this node decides by. Thread safe; whoever asks gets one whole version.
 *
 * <p>It only moves forward: a version that is older than the one in force changes nothing, so that
 * a database which was set back cannot bring an old policy back. Another document with the number
 * of the one in force, published after that, takes its place.
 */
@ApplicationScoped
public class PolicyInForce {
  private final BuiltInPolicy builtIn;
  private final List<Surface> surfaces;
  private volatile ActivePolicy active;

  /** For the container's proxy only. */
  protected PolicyInForce() {
    this(new BuiltInPolicy(List.of(), List.of()), List.of());
  }

  /** Starts with the built-in roles. */
  @Inject
  public PolicyInForce(SurfaceRegistry surfaces) {
    this(BuiltInPolicy.load(), surfaces.all());
  }

  private PolicyInForce(BuiltInPolicy builtIn, List<Surface> surfaces) {
    this.builtIn = builtIn;
    this.surfaces = surfaces;
    this.active = compile(0, PolicyDocument.empty());
  }

  /** The version in force. */
  public ActivePolicy current() {
    return active;
  }

  /** What {@code document} would be as version {@code version}. */
  public ActivePolicy compile(long version, PolicyDocument document) {
    return ActivePolicy.of(version, builtIn, document, surfaces);
  }

  /** Puts a version in force, unless it is in force or a newer one is. */
  public synchronized void follow(long version, PolicyDocument document) {
    if (!active.covers(version, document.digest().hex())) {
      active = compile(version, document);
    }
  }
}
