package io.talos.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.MerkleProof;
import io.talos.contracts.log.TlogProof;
import io.talos.contracts.registry.Threat;
import io.talos.interop.Question.About;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An auditor does not believe our verifier and asks those of others. Each is skipped, and says so,
 * where it is not installed; {@code .ci/run} installs them all.
 */
@Threat("T-AUDITTAMPERING-01")
class ForeignVerifiersTest {
  private static final Path HERE =
      Path.of(System.getProperty("talos.root", "../..")).resolve("tests/interop");
  private static final List<Question> ALL = Questions.all();
  private static final List<About> INCLUSION = List.of(About.INCLUSION);
  private static final List<About> SIGNED = List.of(About.INCLUSION, About.SIGNATURE);
  private static final List<About> EVERYTHING = List.of(About.values());

  @TempDir Path folder;

  @Test
  void ours_judges_every_proof_as_it_was_made() {
    long accepted = ALL.stream().filter(Question::accept).count();

    assertThat(accepted).isEqualTo(Questions.OF_A_KIND);
    assertThat(Questions.rejected(ALL, INCLUSION)).isEqualTo(Questions.OF_A_KIND);
    assertThat(Questions.rejected(ALL, EVERYTHING))
        .isEqualTo(Questions.OF_A_KIND + 2L * Questions.OTHERS);
    for (Question question : ALL) {
      assertThat(ours(question)).as(question.what()).isEqualTo(question.accept());
    }
  }

  private static boolean ours(Question question) {
    try {
      Checkpoint now =
          TlogProof.parse(Bytes.utf8(question.proof()))
              .verify(question.entry(), LogKeys.of(question.vkey()));
      return question.growth().stream()
          .allMatch(
              growth -> {
                Checkpoint earlier = Checkpoint.open(growth.earlier(), LogKeys.of(question.vkey()));
                return MerkleProof.continues(
                    earlier.size(), earlier.root(), now.size(), now.root(), growth.path());
              });
    } catch (TalosException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.PROOF_INVALID);
      return false;
    }
  }

  /** golang.org/x/mod/sumdb, where the formats come from. */
  @Test
  void go_believes_the_true_ones_and_no_forged_one() throws IOException, InterruptedException {
    Path source = HERE.resolve("go-log");
    String program = folder.resolve("go-log").toString();
    Map<String, String> environment =
        Map.of(
            "GO111MODULE",
            "off",
            "GOFLAGS",
            "",
            "GOPATH",
            System.getProperty("talos.gopath", "/usr/share/gocode"),
            "GOCACHE",
            folder.resolve("cache").toString());
    installed(
        Tool.works(source, environment, "go", "build", "-o", program, "."),
        "no go with golang.org/x/mod here, so it was not asked (Debian: golang-go,"
            + " golang-golang-x-mod-dev)");

    assertBelieved(program, "-questions", counts(EVERYTHING));
  }

  /** npm's @sigstore/verify. */
  @Test
  void sigstore_in_javascript_believes_the_true_ones_and_no_forged_one()
      throws IOException, InterruptedException {
    Path source = HERE.resolve("sigstore-js");
    installed(
        Tool.works(
            source, Map.of(), "node", "-e", "require.resolve('@sigstore/verify/package.json')"),
        "no node with @sigstore/verify here, so it was not asked (npm install in " + source + ")");

    assertBelieved("node", source.resolve("ask.mjs").toString(), counts(SIGNED));
  }

  /** dev.sigstore's verifier in Java, which knows inclusion only. */
  @Test
  void sigstore_in_java_believes_the_true_ones_and_no_forged_one() {
    installed(SigstoreJava.isThere(), "no sigstore-java here, so it was not asked (mvn -Pforeign)");
    SigstoreJava verifier = new SigstoreJava();
    int asked = 0;

    for (Question question : ALL) {
      if (question.about() == About.INCLUSION) {
        assertThat(verifier.believes(question)).as(question.what()).isEqualTo(question.accept());
        asked++;
      }
    }
    assertThat(asked).isEqualTo(2 * Questions.OF_A_KIND);
  }

  /** With {@code -Dtalos.foreign.required} a verifier that is missing is a failure. */
  private static void installed(boolean works, String otherwise) {
    if (Boolean.getBoolean("talos.foreign.required")) {
      assertThat(works).as(otherwise).isTrue();
    }
    assumeTrue(works, otherwise);
  }

  private static List<String> counts(List<About> abouts) {
    return List.of(
        Integer.toString(Questions.OF_A_KIND), Long.toString(Questions.rejected(ALL, abouts)));
  }

  private void assertBelieved(String program, String argument, List<String> counts)
      throws IOException, InterruptedException {
    String file = Questions.file(folder).toString();

    Tool.Run run =
        Tool.run(folder, Map.of(), program, argument, file, counts.get(0), counts.get(1));

    System.out.print("[interop] " + run.output());
    assertThat(run.exitCode()).as(run.output()).isZero();
  }
}
