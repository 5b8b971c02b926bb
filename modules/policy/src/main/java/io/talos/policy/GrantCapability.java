package io.talos.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.Constraint;
import io.talos.contracts.capability.Limits;
import io.talos.contracts.capability.Rights;
import io.talos.contracts.capability.RootGrant;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.SourceNetwork;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.event.CapabilityGranted;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.port.AgentDirectory;
import io.talos.policy.ops.PolicySettings;
import io.talos.policy.store.CapabilityStore;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Grants a registered agent a capability for this server, signed by the root issuer.
 *
 * <p>Refuses with: {@link ErrorCode#DID_INVALID}, {@link ErrorCode#DID_METHOD_UNSUPPORTED}, {@link
 * ErrorCode#AGENT_NOT_FOUND}, {@link ErrorCode#AGENT_REVOKED}, {@link
 * ErrorCode#TALOS_INVALID_INPUT} for a scope, time or constraint that cannot be used. Audited as
 * {@code capability.granted}.
 */
@Dependent
public class GrantCapability {
  private final AgentDirectory agents;
  private final CapabilityStore capabilities;
  private final PolicyKeys keys;
  private final PolicySettings settings;
  private final Event<CapabilityGranted> granted;
  private final CurrentRequest request;
  private final UuidV7Generator ids;
  private final InstantSource clock;

  @Inject
  GrantCapability(
      AgentDirectory agents,
      CapabilityStore capabilities,
      PolicyKeys keys,
      PolicySettings settings,
      Event<CapabilityGranted> granted,
      CurrentRequest request,
      UuidV7Generator ids,
      InstantSource clock) {
    this.agents = agents;
    this.capabilities = capabilities;
    this.keys = keys;
    this.settings = settings;
    this.granted = granted;
    this.request = request;
    this.ids = ids;
    this.clock = clock;
  }

  /** What an operator asks for; nothing in it is checked beyond its schema. */
  public record Wish(
      String subject,
      List<String> scope,
      Optional<Instant> notBefore,
      Instant expiresAt,
      int delegationDepth,
      OptionalLong calls,
      OptionalLong spendMicroUsd,
      List<String> sources,
      List<JsonObject> constraints) {}

  /** Grants what is wished. */
  @Transactional
  public Result grant(Wish wish) {
    Instant now = clock.instant();
    Did subject;
    UnverifiedCapability chain;
    try {
      subject = Did.parse(wish.subject());
    } catch (TalosException e) {
      return new Refused(e.code());
    }
    Optional<ErrorCode> stranger = stranger(subject);
    if (stranger.isPresent()) {
      return new Refused(stranger.get());
    }
    if (!isTimely(wish, now)) {
      return new Refused(ErrorCode.TALOS_INVALID_INPUT);
    }
    try {
      chain = root(wish, subject).signedBy(keys.issuer(), ids.next(now), now);
    } catch (TalosException | IllegalArgumentException e) {
      // The one thing left to be wrong is the wish.
      return new Refused(ErrorCode.TALOS_INVALID_INPUT);
    }
    capabilities.add(chain, request.require().principal().id(), now);
    granted.fire(new CapabilityGranted(chain.hash(), chain.root().hash(), chain.root().terms()));
    return new Granted(chain.header(), chain.hash(), List.of(chain.root().hash()));
  }

  private Optional<ErrorCode> stranger(Did subject) {
    return agents
        .find(subject.text())
        .map(a -> a.active() ? Optional.<ErrorCode>empty() : Optional.of(ErrorCode.AGENT_REVOKED))
        .orElse(Optional.of(ErrorCode.AGENT_NOT_FOUND));
  }

  /** A grant that ends now is over before it starts. */
  private static boolean isTimely(Wish wish, Instant now) {
    return wish.expiresAt().isAfter(now)
        && !wish.expiresAt().isAfter(now.plus(Limits.LIFETIME_MAX));
  }

  private RootGrant root(Wish wish, Did subject) {
    return new RootGrant(
        subject,
        settings.audience(),
        new Rights(
            wish.scope().stream().map(Scope::parse).toList(),
            wish.notBefore(),
            wish.expiresAt(),
            wish.delegationDepth(),
            wish.calls(),
            wish.spendMicroUsd(),
            wish.sources().stream().map(SourceNetwork::parse).toList(),
            wish.constraints().stream().map(Constraint::parse).toList()));
  }

  /** Granted, or why not. */
  public sealed interface Result permits Granted, Refused {
    /** Answers by the kind of result. */
    default <R> R match(Function<Granted, R> granted, Function<Refused, R> refused) {
      if (this instanceof Granted given) {
        return granted.apply(given);
      }
      return refused.apply((Refused) this);
    }
  }

  /**
   * The capability.
   *
   * @param header text for the {@code Talos-Capability} header
   * @param hash the capability's hash
   * @param links the hash of every link
   */
  public record Granted(String header, Bytes hash, List<Bytes> links) implements Result {
    /** Copies. */
    public Granted {
      links = List.copyOf(links);
    }
  }

  /** Nothing was granted. */
  public record Refused(ErrorCode code) implements Result {}
}
