package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.event.Samples;
import io.talos.contracts.Bytes;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.ProofBundle;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.Proof;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory asks for proofs until the database has no time left for anybody else. */
class CostlyProofTest {
  @TempDir Path folder;

  private AuditStage stage;
  private final List<String> askedForKeys = new ArrayList<>();
  private final List<UuidV7> events = new ArrayList<>();

  @BeforeEach
  void the_log_has_two_tiles_and_a_part_of_a_third() {
    stage = new AuditStage(folder);
    for (int i = 0; i < 600; i++) {
      events.add(stage.write(Samples.act("a.b"), Samples.request(Samples.bob())));
    }
    stage.sequence();
    stage.rows.tilesRead = 0;
  }

  private Reading<ProofBundle> prove(UuidV7 event, Principal reader) {
    return new ProveEvent(
            stage.readEvents,
            stage.proofs,
            stage.rows,
            stage.guard,
            stage.tiles,
            did -> {
              askedForKeys.add(did);
              return List.<KeyStatement>of();
            })
        .prove(event, Optional.empty(), reader);
  }

  private static boolean isFound(Reading<?> reading) {
    return reading.match(found -> true, code -> false);
  }

  @Test
  void a_proof_asks_once_and_once_for_each_tile_but_its_own_that_no_proof_before_it_needed() {
    assertThat(isFound(prove(events.get(0), Samples.bob()))).isTrue();
    assertThat(stage.proofs.asked).isEqualTo(1);
    // The tile at the right edge, and the one above both.
    assertThat(stage.rows.tilesRead).isEqualTo(2);

    assertThat(isFound(prove(events.get(256), Samples.bob()))).isTrue();
    assertThat(stage.proofs.asked).isEqualTo(2);
    assertThat(stage.rows.tilesRead).isEqualTo(2);
  }

  @Test
  void all_proofs_of_a_log_share_the_tiles_that_are_not_their_own() {
    for (UuidV7 event : events) {
      assertThat(isFound(prove(event, Samples.carol()))).isTrue();
    }

    assertThat(stage.proofs.asked).isEqualTo(600);
    assertThat(stage.rows.tilesRead).isEqualTo(2);
  }

  @Test
  void keys_are_asked_for_only_where_the_caller_signed() {
    Bytes base = Bytes.utf8("\"@method\": POST");
    Proof signature =
        new Proof.Signature(Samples.bob().id(), base, Samples.key(1).sign(base), Samples.NOW);
    UuidV7 event = stage.write(Samples.admission(signature), Samples.request(Samples.bob()));
    stage.sequence();

    assertThat(isFound(prove(events.get(0), Samples.bob()))).isTrue();
    assertThat(askedForKeys).isEmpty();
    assertThat(isFound(prove(event, Samples.bob()))).isTrue();
    assertThat(askedForKeys).containsExactly(Samples.bob().id());
  }

  @Test
  void what_mallory_may_not_see_reads_no_tile_and_no_keys() {
    ErrorCode code =
        prove(events.get(0), Samples.mallory())
            .match(found -> ErrorCode.INTERNAL, refused -> refused);

    assertThat(code).isEqualTo(ErrorCode.AUDIT_EVENT_NOT_FOUND);
    assertThat(stage.rows.tilesRead).isZero();
    assertThat(askedForKeys).isEmpty();
  }

  @Test
  void a_stopped_log_is_not_read_at_all() {
    stage.guard.halt("the root is another one");

    assertThat(isFound(prove(events.get(0), Samples.bob()))).isFalse();
    assertThat(isFound(prove(events.get(0), Samples.mallory()))).isFalse();
    assertThat(stage.proofs.asked).isZero();
    assertThat(stage.rows.tilesRead).isZero();
  }
}
