package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.TlogProof;
import io.talos.contracts.registry.Threat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page for auditors says what is true: its blocks are run as they stand. */
@OnTheStack
@Threat("T-AUDITTAMPERING-01")
class OwnToolsIT {
  private static final Predicate<String> GO = block -> block.contains("go-log");
  private static final Path GO_LIBRARY = Path.of("/usr/share/gocode/src/golang.org/x/mod");

  private final Stack stack;
  private final UuidV7 event;
  @TempDir Path folder;

  OwnToolsIT(Stack stack) {
    this.stack = stack;
    this.event = Replies.admission(Replies.granted(stack.operator().whoami()));
  }

  @BeforeEach
  void the_tools_are_there() throws InterruptedException {
    for (String tool : List.of("openssl", "curl", "bash", "node")) {
      assumeTrue(PageScript.isThere(tool), tool + " is there");
    }
  }

  private String run(Predicate<String> blocks) throws IOException, InterruptedException {
    return PageScript.run(
        "docs/start/verify-with-your-own-tools.md",
        folder,
        Map.of(
            "SERVER", stack.baseUri().toString(),
            "TALOS", System.getProperty("talos.root"),
            "TOKEN", stack.operatorToken(),
            "EVENT", event.text()),
        blocks);
  }

  @Test
  void openssl_and_node_believe_a_proof_of_the_real_log() throws IOException, InterruptedException {
    String said = run(GO.negate());

    assertThat(said)
        .contains("\"kind\":\"request.admitted\"")
        .contains("Signature Verified Successfully")
        .contains("the entry is in the log");
  }

  @Test
  void go_believes_a_proof_of_the_real_log() throws IOException, InterruptedException {
    assumeTrue(
        PageScript.isThere("go") && Files.isDirectory(GO_LIBRARY),
        "no go with golang.org/x/mod here");

    String said = run(block -> true);

    assertThat(said).containsPattern("VERIFIED against [0-9]+ entries: \\{\"event_hash\"");
  }

  @Test
  void the_file_is_the_proof_that_our_own_verifier_believes_and_no_other_form_is_made_up() {
    Http http = stack.http();
    String path = "/audit/events/" + event + "/proof?format=";
    NoteKey key = Replies.value(stack.client().logKey());
    Patiently.until("the proof is there", () -> ask(http, path + "tlog-proof").status() == 200);

    Http.Answer answer = ask(http, path + "tlog-proof");

    TlogProof proof = TlogProof.parse(Bytes.utf8(answer.text()));
    assertThat(answer.headers().get("content-type")).startsWith("text/plain");
    assertThat(proof.verify(proof.extra().orElseThrow(), LogKeys.of(key)).size())
        .isGreaterThan(proof.index());
    assertThat(ask(http, path + "html").code()).isEqualTo(ErrorCode.TALOS_INVALID_INPUT.name());
    assertThat(http.get(path + "tlog-proof").code()).isEqualTo(ErrorCode.AUTH_MISSING.name());
  }

  private Http.Answer ask(Http http, String path) {
    return http.send(http.request("GET", path).bearer(stack.operatorToken()));
  }
}
