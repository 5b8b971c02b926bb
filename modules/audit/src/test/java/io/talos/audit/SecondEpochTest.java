package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.anchors.AnchorSettings;
import io.talos.audit.anchors.Epoch;
import io.talos.audit.anchors.MemoryAnchorRows;
import io.talos.audit.blocks.BlockKey;
import io.talos.audit.blocks.BlockRows;
import io.talos.audit.event.Samples;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.log.BundleVerifier;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.Verification;
import io.talos.contracts.log.anchor.AnchorKind;
import io.talos.contracts.log.anchor.AnchorVerifier;
import io.talos.contracts.log.block.Block;
import io.talos.contracts.log.block.BlockReport;
import io.talos.contracts.log.block.BlockValidation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory wants an epoch to begin twice, or a block to stand beside the chain. */
class SecondEpochTest {
  private static final Instant NOW = Samples.NOW;
  private static final Duration EPOCH = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final AnchorSettings settings = ForkedLogTest.settings(List.of());
  private MemoryAnchorRows anchors = new MemoryAnchorRows();
  private final List<Block> chain = new ArrayList<>();
  private final BlockRows blocks =
      new BlockRows() {
        @Override
        public Optional<Block> newest() {
          return chain.isEmpty() ? Optional.empty() : Optional.of(chain.get(chain.size() - 1));
        }

        @Override
        public Optional<Block> find(long height) {
          return chain.stream().filter(b -> b.height() == height).findFirst();
        }

        @Override
        public List<Block> list(OptionalLong below, int most) {
          return List.copyOf(chain);
        }

        @Override
        public void add(Block block, long logId, Instant now) {
          chain.add(block);
        }
      };

  private AuditStage stage;
  private OpenEpoch openEpoch;

  @BeforeEach
  void open() {
    stage = new AuditStage(folder);
    anchors = stage.anchors;
    openEpoch =
        new OpenEpoch(
            anchors, blocks, stage.rows, new BlockKey(() -> Samples.key(9).seed()), settings);
  }

  private boolean grownAndOpened(Instant now) {
    stage.acts(3);
    stage.sequence();
    return openEpoch.open(now);
  }

  @Test
  void an_empty_log_and_one_that_did_not_grow_open_no_epoch() {
    assertThat(openEpoch.open(NOW)).isFalse();
    assertThat(grownAndOpened(NOW)).isTrue();
    assertThat(openEpoch.open(NOW.plus(EPOCH))).isFalse();
    assertThat(anchors.epochs).extracting(Epoch::size).containsExactly(3L);
  }

  @Test
  void an_epoch_begins_exactly_when_the_last_one_ends_and_not_a_millisecond_before() {
    grownAndOpened(NOW);

    assertThat(grownAndOpened(NOW.plus(EPOCH).minusMillis(1))).isFalse();
    assertThat(openEpoch.open(NOW.plus(EPOCH))).isTrue();
    assertThat(anchors.epochs).extracting(Epoch::size).containsExactly(3L, 6L);
  }

  @Test
  void a_node_that_finds_another_one_at_it_goes_away() {
    anchors.lockedByAnotherNode = true;

    assertThat(grownAndOpened(NOW)).isFalse();
    assertThat(chain).isEmpty();
  }

  @Test
  void every_epoch_has_its_block_and_a_peer_takes_the_chain() {
    for (int i = 0; i < 4; i++) {
      Instant now = NOW.plus(EPOCH.multipliedBy(i));
      assertThat(grownAndOpened(now)).isTrue();
    }
    BlockValidation peer =
        new BlockValidation(
            new BlockValidation.Rules(settings.workBits(), BlockValidation.Rules.AHEAD, Set.of()));

    Optional<Block> parent = Optional.empty();
    for (Block block : chain) {
      BlockReport report =
          peer.judge(
              block.bytes(),
              BlockValidation.View.after(parent),
              BlockValidation.Level.STRICT,
              block.time());
      assertThat(report.faults()).as(report.text()).isEmpty();
      parent = Optional.of(block);
    }
    assertThat(chain).hasSize(4);
    assertThat(anchors.names(1, 12, AnchorKind.BLOCK)).containsExactly("3");
  }

  @Test
  void a_bundle_leads_from_the_entry_to_the_checkpoint_to_its_block() {
    UuidV7 event = stage.write(Samples.act("session.opened"), Samples.request(Samples.bob()));
    stage.sequence();
    anchors.notes.put(1L, stage.rows.checkpoints.get(1).note());
    openEpoch.open(NOW);
    grownAndOpened(NOW);
    BundleVerifier auditor =
        new BundleVerifier(
            LogKeys.of(stage.rows.current().orElseThrow().key()),
            new AnchorVerifier.Trust(
                List.of(),
                Optional.empty(),
                Set.of(),
                Set.of(Did.ofKey(Samples.key(9).publicKey()))));

    Verification verification =
        stage
            .proveEvent()
            .prove(event, Optional.empty(), Samples.bob())
            .match(
                bundle -> auditor.verify(CanonicalJson.encode(bundle.json())),
                code -> new Verification.Refused(Verification.Step.FORM, code.name()));

    String said =
        verification.match(
            holds -> holds.proved().contains(Verification.Step.ANCHORS) + " " + holds.checkpoint(),
            no -> no.why());
    assertThat(said).startsWith("true Checkpoint[").contains("size=1,");
  }
}
