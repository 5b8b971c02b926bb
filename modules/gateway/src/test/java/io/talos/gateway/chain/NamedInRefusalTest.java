package io.talos.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.RequestContext;
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
import io.talos.contracts.principal.Principal;
import io.talos.contracts.registry.MetaAllowList;
import io.talos.contracts.registry.Threat;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.event.Event;
import jakarta.json.JsonObject;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mallory reads the refusals in the log, and wants to know who was refused and what they wrote. */
@Threat("T-METADATA-01")
class NamedInRefusalTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final UuidV7 ID = new UuidV7("019aa000-0000-7000-8000-000000000001");
  private static final String BOBS = "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH";

  private final MetaAllowList allowed = MetaAllowList.load();
  private final UuidV7Generator ids = new UuidV7Generator(Randomness.secure());
  private final List<AuditFacts> told = new ArrayList<>();
  private final Refusals refusals =
      new Refusals(
          new Journal(
              event(RequestAdmitted.class),
              event(RequestFinished.class),
              event(RequestRefused.class),
              new CurrentRequest()),
          ids);

  @SuppressWarnings("unchecked")
  private <T> Event<T> event(Class<T> type) {
    return (Event<T>)
        Proxy.newProxyInstance(
            Event.class.getClassLoader(),
            new Class<?>[] {Event.class},
            (self, method, arguments) -> {
              assertThat(type).isEqualTo(RequestRefused.class);
              told.add(((RequestRefused) arguments[0]).facts());
              return null;
            });
  }

  private RequestContext request() {
    return new RequestContext(
        ids.next(NOON),
        Optional.empty(),
        "secrets.list",
        "GET",
        "/secrets",
        "192.0.2.1",
        Principal.anonymous());
  }

  private AuditFacts refused(String keyId) {
    refusals.record(request(), ErrorCode.AUTH_EXPIRED, Optional.of(keyId), NOON);
    assertThat(told).hasSize(1);
    return told.get(0);
  }

  private JsonObject recorded(AuditFacts facts) {
    return allowed.admit(facts.kind(), "secrets.list", facts.meta());
  }

  @Test
  void an_operator_whose_token_has_expired_is_a_commitment_and_not_a_name() {
    AuditFacts facts = refused("operator:alice@example.org");

    assertThat(facts.meta()).isEmpty();
    assertThat(facts.personal())
        .isEqualTo(Map.of(AuditEvent.OPERATOR_SUBJECT, "alice@example.org"));
  }

  @Test
  void an_agent_and_a_virtual_key_are_named_since_neither_is_a_person() {
    AuditFacts facts = refused(BOBS);

    assertThat(recorded(facts).getString("unverified_key_id")).isEqualTo(BOBS);
    assertThat(facts.personal()).isEmpty();
    JsonObject key =
        allowed.admit(
            "request.refused",
            "",
            jakarta.json.Json.createObjectBuilder()
                .add("unverified_key_id", Principal.CLIENT_PREFIX + ID.text())
                .build());
    assertThat(key).containsOnlyKeys("unverified_key_id");
  }

  @Test
  void the_private_key_that_bob_gave_for_its_name_is_not_written_down() {
    AuditFacts facts = refused("MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v");

    assertThat(recorded(facts).keySet())
        .containsExactlyInAnyOrder(MetaAllowList.APPLIED, MetaAllowList.COUNT, MetaAllowList.KEYS);
  }

  private static AccessDecision decision(Map<String, String> attributes, List<String> matched) {
    return new AccessDecision(
        false,
        AccessReason.RBAC_EXPLICITLY_DENIED,
        Permission.parse("a2a:key_package:read"),
        AccessScope.of("session", attributes),
        matched,
        matched,
        Optional.of("builtin:agent"),
        Optional.of("agent"),
        12);
  }

  @Test
  void what_a_caller_wrote_into_the_path_is_told_as_an_id_or_not_at_all() {
    JsonObject id = AccessMeta.of(decision(Map.of("session_id", ID.text()), List.of())).build();
    JsonObject text =
        AccessMeta.of(decision(Map.of("session_id", "alice@example.org"), List.of())).build();

    assertThat(allowed.admit("request.refused", "", id)).isSameAs(id);
    assertThat(id.getString("scope_session_id")).isEqualTo(ID.text());
    JsonObject left = allowed.admit("request.refused", "", text);
    assertThat(left.toString()).doesNotContain("alice");
    assertThat(left.getString(MetaAllowList.KEYS)).isEqualTo("scope_session_id");
    assertThat(left.getString("authz_reason")).isEqualTo("RBAC_EXPLICITLY_DENIED");
  }

  @Test
  void of_an_operator_who_asks_for_itself_nothing_is_told_twice() {
    JsonObject meta =
        AccessMeta.of(decision(Map.of("principal_id", "operator:alice@example.org"), List.of()))
            .build();

    assertThat(meta.toString()).doesNotContain("alice");
    assertThat(allowed.admit("request.refused", "", meta)).isSameAs(meta);
  }

  @Test
  void a_thousand_bindings_are_cut_and_stay_in_the_event() {
    List<String> many = java.util.stream.IntStream.range(0, 1000).mapToObj(i -> "b-" + i).toList();
    JsonObject meta = AccessMeta.of(decision(Map.of(), many)).build();

    assertThat(allowed.admit("request.admitted", "", meta)).isSameAs(meta);
    assertThat(meta.getString("matched_bindings")).endsWith("...");
  }
}
