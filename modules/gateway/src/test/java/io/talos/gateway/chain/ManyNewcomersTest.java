package io.talos.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.RequestAdmitted;
import io.talos.contracts.event.RequestFinished;
import io.talos.contracts.event.RequestRefused;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.policy.AccessReason;
import io.talos.contracts.policy.AccessScope;
import io.talos.contracts.policy.Permission;
import io.talos.contracts.port.AccessControl;
import io.talos.contracts.port.RequestAuthentication;
import io.talos.contracts.port.Traffic;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.principal.Proof;
import io.talos.contracts.registry.Surface;
import io.talos.contracts.registry.SurfaceRegistry;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.schema.SchemaLibrary;
import io.talos.gateway.store.McpServerStore;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mallory signs each request with a new key, so that no limit by principal ever stops her. */
@Threat("T-NETWORKDOS-01")
class ManyNewcomersTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final int QUOTA = 3;

  private final List<Object> told = new ArrayList<>();
  private final Quota traffic = new Quota();
  private final UuidV7Generator ids = new UuidV7Generator(Randomness.secure());
  private final EnforcementChain chain = chain();
  private int keys;

  /** Lets everything pass but the newcomers over the quota of their address. */
  private static final class Quota implements Traffic {
    private final List<String> newcomers = new ArrayList<>();
    private int reserved;

    @Override
    public Verdict byAddress(String clientAddress, Instant now) {
      return new Passed();
    }

    @Override
    public Verdict byNewcomer(String clientAddress, Surface surface, Instant now) {
      newcomers.add(clientAddress + " " + surface.id());
      return newcomers.size() <= QUOTA
          ? new Passed()
          : new Stopped(ErrorCode.RATE_LIMITED, Optional.of(Duration.ofMinutes(1)));
    }

    @Override
    public Verdict reserve(Claim claim) {
      reserved++;
      return new Passed();
    }

    @Override
    public void release(UuidV7 requestId) {
      throw new AssertionError("nothing is given back");
    }

    @Override
    public void remember(Claim claim, Answer answer) {
      throw new AssertionError("nothing is answered here");
    }
  }

  private static final class EverybodyMay implements AccessControl {
    @Override
    public Decision decide(Question question) {
      return new Allowed(allowed(), Optional.empty());
    }

    @Override
    public Surface limited(Surface surface) {
      return surface;
    }
  }

  private EnforcementChain chain() {
    Journal journal =
        new Journal(
            event(RequestAdmitted.class),
            event(RequestFinished.class),
            event(RequestRefused.class),
            new CurrentRequest());
    SurfaceRegistry surfaces =
        new SurfaceRegistry(List.of(surface("register", true), surface("whoami", false)));
    return new EnforcementChain(
        surfaces,
        (request, unregistered, now) -> stranger(),
        new EverybodyMay(),
        traffic,
        new RequestBody(new SchemaLibrary(), new BodySlots()),
        journal,
        admission -> "receipt of " + admission,
        new CallPrices(new McpServerStore()),
        new Refusals(journal, ids),
        new GatewaySettings(
            "http://127.0.0.1:9080", false, Duration.ofSeconds(1), 1024, Optional.empty()),
        ids,
        InstantSource.fixed(NOON));
  }

  @SuppressWarnings("unchecked")
  private <T> Event<T> event(Class<T> type) {
    return (Event<T>)
        Proxy.newProxyInstance(
            Event.class.getClassLoader(),
            new Class<?>[] {Event.class},
            (self, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("fire");
              told.add(type.cast(arguments[0]));
              return null;
            });
  }

  private static Surface surface(String id, boolean unregistered) {
    return new Surface(
        id,
        "POST",
        "/" + id,
        Set.of(Surface.Credential.SIGNATURE),
        Optional.empty(),
        unregistered,
        "identity:agent:" + id,
        Surface.CapabilityUse.NONE,
        Optional.empty(),
        0,
        new Surface.Rate(1, 1));
  }

  private RequestAuthentication.Result stranger() {
    Principal principal =
        new Principal(
            PrincipalKind.AGENT, "did:key:new-" + keys++, Set.of("agent"), AuthMode.SIGNED);
    return new RequestAuthentication.Authenticated(
        principal,
        new Proof.Signature(principal.id(), Bytes.utf8("base"), Bytes.of(new byte[64]), NOON));
  }

  private static AccessDecision allowed() {
    return new AccessDecision(
        true,
        AccessReason.RBAC_PERMISSION_ALLOWED,
        Permission.parse("identity:agent:register"),
        AccessScope.everything(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        1);
  }

  private Passage ask(String path) {
    return chain.decide(
        new Arrival(
            "POST",
            path,
            Optional.empty(),
            Map.of(),
            "192.0.2.7",
            Optional.empty(),
            most -> Bytes.empty()),
        ids.next(NOON));
  }

  private static String word(Passage passage) {
    return passage.match(
        open -> "OPEN", repeated -> "REPEATED", shut -> shut.problem().code().name());
  }

  @Test
  void a_new_key_each_time_is_stopped_by_its_address_and_writes_one_event() {
    for (int i = 0; i < QUOTA; i++) {
      assertThat(word(ask("/register"))).isEqualTo("OPEN");
    }
    for (int i = 0; i < 100; i++) {
      assertThat(word(ask("/register"))).isEqualTo(ErrorCode.RATE_LIMITED.name());
    }

    assertThat(traffic.reserved).isEqualTo(QUOTA);
    assertThat(traffic.newcomers).hasSize(QUOTA + 100).containsOnly("192.0.2.7 register");
    assertThat(told.stream().filter(RequestAdmitted.class::isInstance)).hasSize(QUOTA);
    assertThat(told.stream().filter(RequestRefused.class::isInstance)).hasSize(1);
  }

  @Test
  void agents_that_are_known_are_not_counted_among_them() {
    for (int i = 0; i < 2 * QUOTA; i++) {
      assertThat(word(ask("/whoami"))).isEqualTo("OPEN");
    }

    assertThat(traffic.newcomers).isEmpty();
  }
}
