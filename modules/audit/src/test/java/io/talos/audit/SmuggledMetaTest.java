package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.event.Samples;
import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.BundleVerifier;
import io.talos.contracts.log.ProofBundle;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.Verification;
import io.talos.contracts.registry.MetaAllowList;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module says more than it should, because Mallory gave it something to say. */
@Threat("T-METADATA-01")
class SmuggledMetaTest {
  private static final String SECRET = "c2VjcmV0LW9mLWFsaWNl";

  @TempDir Path folder;

  private final SchemaLibrary schemas = new SchemaLibrary();
  private AuditStage stage;

  @BeforeEach
  void open() {
    stage = new AuditStage(folder);
  }

  private AuditEvent written(JsonObject meta) {
    AuditFacts facts =
        AuditFacts.act("secret.stored", new AuditFacts.Resource("secret", "notes"), meta);
    AuditEvent event =
        stage.writeEvent.write(facts, Optional.of(Samples.request(Samples.bob())), Samples.NOW);
    assertThat(schemas.violations("audit/audit_event.v2", event.json())).isEmpty();
    assertThat(AuditEvent.hashOf(event.json())).isEqualTo(event.hash());
    return event;
  }

  @Test
  void the_act_is_on_record_and_the_secret_is_not() {
    AuditEvent event =
        written(
            Json.createObjectBuilder()
                .add("version", 3)
                .add("value", SECRET)
                .add("names", Json.createArrayBuilder().add(SECRET))
                .add("n".repeat(10_000), SECRET)
                .add("kek_id", SECRET + "\n" + SECRET.repeat(100_000))
                .build());

    assertThat(event.canonical()).doesNotContain(SECRET).hasSizeLessThan(2000);
    assertThat(event.json().getJsonObject("meta"))
        .isEqualTo(
            Json.createObjectBuilder()
                .add("version", 3)
                .add(MetaAllowList.APPLIED, true)
                .add(MetaAllowList.COUNT, 4)
                .add(MetaAllowList.KEYS, "kek_id, names, value")
                .build());
  }

  @Test
  void an_event_of_which_something_was_left_out_is_proved_like_any_other() {
    BundleVerifier auditor = new BundleVerifier(found(stage.serveLog().key(Optional.empty())));
    SignedNote first = found(stage.serveLog().newest()).note();
    AuditEvent event = written(Json.createObjectBuilder().add("value", SECRET).build());
    stage.sequence();

    ProofBundle bundle =
        found(stage.proveEvent().prove(event.eventId(), Optional.of(0L), Samples.bob()));

    assertThat(auditor.verify(Bytes.utf8(bundle.json().toString()), first))
        .isInstanceOf(Verification.Verified.class);
    assertThat(bundle.event().getJsonObject("meta")).containsKey(MetaAllowList.APPLIED);
  }

  private static <T> T found(Reading<T> reading) {
    return reading.match(
        value -> value,
        code -> {
          throw new AssertionError("refused with " + code);
        });
  }

  @Test
  void who_counts_the_markers_cannot_be_told_that_nothing_was_left_out() {
    AuditEvent event =
        written(Json.createObjectBuilder().add(MetaAllowList.APPLIED, false).build());

    assertThat(event.json().getJsonObject("meta").getBoolean(MetaAllowList.APPLIED)).isTrue();
    assertThat(event.json().getJsonObject("meta").getInt(MetaAllowList.COUNT)).isEqualTo(1);
  }
}
