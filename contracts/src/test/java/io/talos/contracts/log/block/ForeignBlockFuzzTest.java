package io.talos.contracts.log.block;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.log.block.BlockValidation.Level;
import io.talos.contracts.log.block.BlockValidation.Rules;
import io.talos.contracts.log.block.BlockValidation.View;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Mallory gossips blocks. */
class ForeignBlockFuzzTest {
  private static final BlockValidation PEER =
      new BlockValidation(new Rules(8, Rules.AHEAD, Set.of()));

  @FuzzTest(maxDuration = "60s")
  void a_block_is_judged_and_never_breaks_the_peer(byte[] data) {
    BlockReport report =
        PEER.judge(Bytes.of(data), View.after(Optional.empty()), Level.PARANOID, Instant.EPOCH);

    assertThat(report.text()).isNotEmpty();
    assertThat(report.isValid()).isFalse();
  }
}
