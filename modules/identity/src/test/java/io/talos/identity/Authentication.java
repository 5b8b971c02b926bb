package io.talos.identity;

import static io.talos.identity.People.NOW;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.VirtualKeyIssued;
import io.talos.contracts.http.RequestSigner;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.port.MapVault;
import io.talos.contracts.port.OperatorToken;
import io.talos.contracts.port.RequestAuthentication.Authenticated;
import io.talos.contracts.port.RequestAuthentication.Refused;
import io.talos.contracts.port.RequestAuthentication.Result;
import io.talos.contracts.port.UnverifiedRequest;
import io.talos.identity.agents.InMemoryAgents;
import io.talos.identity.agents.InMemoryKeyHistories;
import io.talos.identity.authentication.InMemoryNonces;
import io.talos.identity.authentication.OperatorKeys;
import io.talos.identity.directory.InMemoryDirectory;
import io.talos.identity.keys.InMemoryVirtualKeys;
import io.talos.identity.ops.IdentitySettings;
import io.talos.identity.ops.VirtualKeySettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One server's authentication with its memories, and the requests that arrive at it. */
final class Authentication {
  static final IdentitySettings SETTINGS =
      new IdentitySettings(Duration.ofSeconds(5), Duration.ofDays(90));
  static final String SURFACE = "identity.whoami";
  static final String OPERATOR_KEY = "provider-key-1";
  static final String TARGET = "http://127.0.0.1:9080/identity/whoami";

  final InMemoryAgents agents = new InMemoryAgents();
  final InMemoryKeyHistories histories = new InMemoryKeyHistories();
  final InMemoryNonces nonces = new InMemoryNonces(SETTINGS.signatureSkew());
  final InMemoryVirtualKeys keys = new InMemoryVirtualKeys();
  final MapVault vault = new MapVault();
  final InMemoryDirectory directory = new InMemoryDirectory();
  final MemberStanding standing = new MemberStanding(directory);
  final VirtualKeyPepper pepper = pepper("identity/pepper");
  final LocalRequestAuthentication authentication =
      new LocalRequestAuthentication(
          agents,
          histories,
          nonces,
          new VirtualKeyAuthentication(keys, pepper, standing),
          standing,
          new OperatorKeys(() -> Set.of(OPERATOR_KEY)),
          SETTINGS);

  /** The memory of nonces is old enough that everything of the story is in it. */
  Authentication() {
    nonces.completeSince(NOW.minus(Duration.ofHours(1)));
  }

  IssueVirtualKey issue(RecordedEvents<VirtualKeyIssued> issued, InstantSource clock) {
    return issue(pepper, issued, clock);
  }

  IssueVirtualKey issue(
      VirtualKeyPepper under, RecordedEvents<VirtualKeyIssued> issued, InstantSource clock) {
    UuidV7Generator ids = new UuidV7Generator(Randomness.secure());
    return new IssueVirtualKey(
        keys, directory, under, ids, Randomness.secure(), SETTINGS, issued, clock);
  }

  /** The pepper of this name, of the server's one vault. */
  VirtualKeyPepper pepper(String name) {
    return new VirtualKeyPepper(vault, Randomness.secure(), new VirtualKeySettings(name));
  }

  /** A wish for a key that belongs to nobody in particular. */
  static IssueVirtualKey.Wanted wanted(String name, Optional<Instant> end) {
    return new IssueVirtualKey.Wanted(name, end, Optional.empty(), Optional.empty());
  }

  Result authenticate(UnverifiedRequest request) {
    return authentication.authenticate(request, false, NOW);
  }

  static UnverifiedRequest signed(People who, Instant at) {
    return signed(who, at, Optional.empty());
  }

  static UnverifiedRequest signed(People who, Instant at, Optional<Bytes> body) {
    Map<String, List<String>> headers = new HashMap<>();
    new RequestSigner(who.signing(), InstantSource.fixed(at), Randomness.secure())
        .sign("GET", TARGET, Optional.empty(), body)
        .forEach((name, value) -> headers.put(name, List.of(value)));
    return new UnverifiedRequest(
        SURFACE, "GET", TARGET, headers, body, "127.0.0.1", Optional.empty());
  }

  static UnverifiedRequest bearer(String... lines) {
    return new UnverifiedRequest(
        SURFACE,
        "GET",
        TARGET,
        Map.of("authorization", List.of(lines)),
        Optional.empty(),
        "127.0.0.1",
        Optional.empty());
  }

  static UnverifiedRequest with(UnverifiedRequest request, OperatorToken token) {
    return new UnverifiedRequest(
        request.surface(),
        request.method(),
        request.targetUri(),
        request.headers(),
        request.body(),
        request.clientAddress(),
        Optional.of(token));
  }

  static UnverifiedRequest with(UnverifiedRequest request, String header, String value) {
    Map<String, List<String>> headers = new HashMap<>(request.headers());
    headers.put(header, List.of(value));
    return new UnverifiedRequest(
        request.surface(),
        request.method(),
        request.targetUri(),
        headers,
        request.body(),
        request.clientAddress(),
        request.operator());
  }

  static Authenticated authenticated(Result result) {
    return result.match(
        known -> known,
        refused -> {
          throw new AssertionError(refused.code() + ": " + refused.why());
        });
  }

  static Refused refused(Result result) {
    return result.match(
        known -> {
          throw new AssertionError("authenticated: " + known.principal());
        },
        refused -> refused);
  }

  static ErrorCode code(Result result) {
    return refused(result).code();
  }
}
