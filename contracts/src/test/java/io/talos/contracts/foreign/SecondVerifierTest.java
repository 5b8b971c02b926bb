package io.talos.contracts.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.talos.contracts.capability.vectors.FreshMutations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Mallory looks for a capability, or a message of a channel, that two readers of the format
 * understand differently. The second reader was written in JavaScript from the documents alone;
 * without node 18 or newer on the PATH it is skipped.
 */
class SecondVerifierTest {
  private static final Path VERIFIER =
      Path.of(System.getProperty("talos.root", "..")).resolve("contracts/verifier-js");

  private Node node;

  @BeforeEach
  void find_node() throws Exception {
    Optional<Node> found = Node.onThePath(VERIFIER);
    assumeTrue(
        found.isPresent(),
        "no node of version 18 or newer on the PATH, so the second verifier was not asked");
    node = found.orElseThrow();
  }

  @Test
  void its_own_parts_work() throws Exception {
    assertSucceeds("--test");
  }

  @Test
  void every_vector_is_answered_as_the_vectors_say() throws Exception {
    assertSucceeds("bin/vectors.mjs");
  }

  @Test
  void every_channel_vector_is_answered_as_the_vectors_say() throws Exception {
    assertSucceeds("bin/channel-vectors.mjs");
  }

  @Test
  void the_log_vectors_are_what_their_generator_writes() throws Exception {
    assertSucceeds("bin/log-vectors.mjs", "--check");
    assertSucceeds("bin/receipt-vectors.mjs", "--check");
    assertSucceeds("bin/export-vectors.mjs", "--check");
  }

  @Test
  void no_mutation_is_answered_otherwise_than_by_us() throws Exception {
    Path mutations = FreshMutations.file();

    assertSucceeds("bin/agree.mjs", mutations.toString(), String.valueOf(FreshMutations.atLeast()));
  }

  private void assertSucceeds(String... arguments) throws IOException, InterruptedException {
    Node.Run run = node.run(arguments);

    assertThat(run.exitCode()).as(run.output()).isZero();
  }
}
