package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.event.AddressPeriod;
import io.talos.audit.event.AddressSettings;
import io.talos.audit.event.Samples;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.port.MapVault;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory reads old events and wants to know who called from where. */
class LinkedAddressTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int PERIOD = 30;
  private static final int RETENTION = 90;

  @TempDir Path folder;

  private final MapVault vault = new MapVault();
  private AuditStage stage;
  private RotateAddressKey rotate;

  LinkedAddressTest() {}

  private List<String> names() {
    return vault.names("", 100);
  }

  @BeforeEach
  void start() {
    stage = new AuditStage(folder);
    rotate = rotating(stage);
    rotate.use(Samples.NOW);
  }

  private RotateAddressKey rotating(AuditStage node) {
    return new RotateAddressKey(
        vault,
        node.addresses,
        new AddressSettings(PERIOD, DAY.multipliedBy(RETENTION)),
        node.writeEvent,
        Samples.RANDOMNESS);
  }

  private static RequestContext from(String address, Principal caller) {
    RequestContext request = Samples.request(caller);
    return new RequestContext(
        request.requestId(),
        request.admissionId(),
        request.surfaceId(),
        request.method(),
        request.pathTemplate(),
        address,
        caller);
  }

  private static JsonObject http(AuditStage node, String address) {
    JsonObject event =
        node.writeEvent
            .write(
                Samples.act("session.opened"),
                Optional.of(from(address, Samples.bob())),
                Samples.NOW)
            .json();
    assertThat(new SchemaLibrary().violations("audit/audit_event.v2", event)).isEmpty();
    assertThat(event.toString()).doesNotContain(address);
    return event.getJsonObject("http");
  }

  private String hash(String address) {
    return http(stage, address).getString("client_ip_hash");
  }

  @Test
  void one_address_has_one_hash_however_it_is_written_and_another_has_another() {
    assertThat(hash("192.0.2.7")).isEqualTo(hash("192.0.2.7")).isNotEqualTo(hash("192.0.2.8"));
    assertThat(hash("2001:DB8:0:0:0:0:0:1")).isEqualTo(hash("2001:db8::1"));
  }

  @Test
  void two_nodes_of_one_period_hash_alike_and_name_the_key() {
    AuditStage second = new AuditStage(folder.resolve("second"));
    rotating(second).use(Samples.NOW.plus(DAY));

    assertThat(http(second, "192.0.2.7")).isEqualTo(http(stage, "192.0.2.7"));
    assertThat(http(stage, "192.0.2.7").getString("client_ip_hash_key_id"))
        .isEqualTo("ip-2026-11-03-30d");
  }

  @Test
  void what_is_no_address_leaves_no_hash() {
    assertThat(http(stage, "unknown"))
        .doesNotContainKeys("client_ip_hash", "client_ip_hash_alg", "client_ip_hash_key_id");
  }

  @Test
  void the_next_period_hashes_the_same_address_otherwise() {
    String before = hash("192.0.2.7");
    Instant end = AddressPeriod.of(Samples.NOW, PERIOD).end();

    rotate.use(end.minusMillis(1));
    assertThat(hash("192.0.2.7")).isEqualTo(before);
    rotate.use(end);

    assertThat(hash("192.0.2.7")).isNotEqualTo(before);
    assertThat(names()).hasSize(2);
  }

  @Test
  void a_key_is_destroyed_when_its_retention_is_over_and_not_before() {
    Instant over = AddressPeriod.of(Samples.NOW, PERIOD).end().plus(DAY.multipliedBy(RETENTION));
    rotate.use(over);

    assertThat(rotate.destroyOld(over.minusMillis(1))).isZero();
    assertThat(rotate.destroyOld(over)).isEqualTo(1);
    assertThat(rotate.destroyOld(over)).isZero();

    assertThat(names())
        .containsExactly("audit/address-key/" + AddressPeriod.of(over, PERIOD).keyId());
    assertThat(stage.events.outbox)
        .extracting(pending -> stage.events.find(pending.eventId()).orElseThrow())
        .filteredOn(e -> e.getString("kind").equals("audit.address_key_destroyed"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getJsonObject("resource").getString("id"))
                    .isEqualTo("ip-2026-11-03-30d"));
  }

  @Test
  void a_key_of_another_length_or_name_is_judged_by_its_own() {
    vault.findOrCreate("audit/address-key/ip-2026-01-01-7d", () -> Samples.key(1).seed());
    vault.findOrCreate("audit/address-key/notes", () -> Samples.key(2).seed());
    Instant over = Instant.parse("2026-01-08T00:00:00Z").plus(DAY.multipliedBy(RETENTION));

    assertThat(rotate.destroyOld(over.minusMillis(1))).isZero();
    assertThat(rotate.destroyOld(over)).isEqualTo(1);
    assertThat(names()).contains("audit/address-key/notes");
  }

  @Test
  void a_name_that_is_no_periods_is_none() {
    for (String name : List.of("", "ip-2026-02-30-7d", "ip-2026-01-01-999d", "ip-2026-01-01-07d")) {
      assertThat(AddressPeriod.parse(name)).as(name).isEmpty();
    }
  }
}
