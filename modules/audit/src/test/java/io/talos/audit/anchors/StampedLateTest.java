package io.talos.audit.anchors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.crypto.TimestampAuthorities;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.anchor.AnchorCheck;
import io.talos.contracts.log.anchor.AnchorKind;
import io.talos.contracts.log.anchor.AnchorVerifier;
import io.talos.runtime.http.GuardedHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The authority is openssl, or Mallory in its place. */
class StampedLateTest {
  private static final String CONFIG =
      """
      [tsa]
      default_tsa = here
      [here]
      serial = serial
      crypto_device = builtin
      signer_digest = sha256
      default_policy = 1.2.3.4.1
      digests = sha256
      ess_cert_id_alg = sha256
      [stamping]
      extendedKeyUsage = critical,timeStamping
      """;

  @TempDir Path folder;

  private static final Task TASK =
      new Task(
          AnchorKind.RFC3161,
          1,
          5,
          new NoteSigner("alice.example/log", Ed25519.fromSeed(SecretBytes.of(new byte[32])))
              .sign(new Checkpoint("alice.example/log", 5, Sha256.of(Bytes.empty())).text()),
          Instant.EPOCH,
          0);

  private void openssl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said.txt").toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(Files.readString(folder.resolve("said.txt"), StandardCharsets.UTF_8))
        .isZero();
  }

  private boolean isThere() throws InterruptedException {
    try {
      return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private TimestampAuthorities authority() throws IOException, InterruptedException {
    Assumptions.assumeTrue(isThere(), "openssl is not there");
    Files.writeString(folder.resolve("tsa.cnf"), CONFIG);
    Files.writeString(folder.resolve("serial"), "01\n");
    openssl(
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        "root.key",
        "-out",
        "root.pem",
        "-days",
        "30",
        "-subj",
        "/CN=Root");
    openssl(
        "req",
        "-new",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        "tsa.key",
        "-out",
        "tsa.csr",
        "-subj",
        "/CN=Authority");
    openssl(
        "x509",
        "-req",
        "-in",
        "tsa.csr",
        "-CA",
        "root.pem",
        "-CAkey",
        "root.key",
        "-CAcreateserial",
        "-days",
        "30",
        "-extfile",
        "tsa.cnf",
        "-extensions",
        "stamping",
        "-out",
        "tsa.pem");
    return TimestampAuthorities.parse(Bytes.of(Files.readAllBytes(folder.resolve("root.pem"))));
  }

  private GuardedHttp.Answer stamps(GuardedHttp.Ask ask) {
    try {
      assertThat(ask.fields()).containsEntry("Content-Type", "application/timestamp-query");
      Files.write(folder.resolve("query"), ask.body().toArray());
      openssl(
          "ts",
          "-reply",
          "-config",
          "tsa.cnf",
          "-queryfile",
          "query",
          "-signer",
          "tsa.pem",
          "-inkey",
          "tsa.key",
          "-chain",
          "root.pem",
          "-out",
          "reply");
      return new GuardedHttp.Answer(
          200, Map.of(), Bytes.of(Files.readAllBytes(folder.resolve("reply"))));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TimestampLane lane(TimestampAuthorities trusted, Web web) {
    return new TimestampLane(
        new AnchorSettings.Tsa(URI.create("https://tsa.example/"), trusted),
        web,
        Randomness.secure());
  }

  @Test
  void a_foreign_authority_stamps_a_checkpoint_and_an_auditor_believes_it() throws Exception {
    TimestampAuthorities trusted = authority();

    Progress progress = lane(trusted, this::stamps).advance(TASK, Instant.EPOCH);

    assertThat(progress.done()).isTrue();
    AnchorVerifier auditor =
        new AnchorVerifier(
            new AnchorVerifier.Trust(List.of(), Optional.of(trusted), Set.of(), Set.of()));
    AnchorCheck check = auditor.check(progress.evidence().get(0).anchor(), TASK.note().text());
    assertThat(check).isInstanceOf(AnchorCheck.Holds.class);
    assertThat(auditor.check(progress.evidence().get(0).anchor(), "another\n1\nroot\n"))
        .isInstanceOf(AnchorCheck.Refused.class);
  }

  @Test
  void an_old_answer_that_mallory_plays_again_is_refused() throws Exception {
    TimestampAuthorities trusted = authority();
    lane(trusted, this::stamps).advance(TASK, Instant.EPOCH);
    Bytes old = Bytes.of(Files.readAllBytes(folder.resolve("reply")));

    assertThatThrownBy(
            () ->
                lane(trusted, ask -> new GuardedHttp.Answer(200, Map.of(), old))
                    .advance(TASK, Instant.EPOCH))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMESTAMP_INVALID));
  }

  @Test
  void an_authority_that_is_broken_is_told_by_its_status() throws Exception {
    TimestampAuthorities trusted = authority();

    for (int status : List.of(302, 404, 503)) {
      assertThatThrownBy(
              () ->
                  lane(trusted, ask -> new GuardedHttp.Answer(status, Map.of(), Bytes.empty()))
                      .advance(TASK, Instant.EPOCH))
          .isInstanceOfSatisfying(
              TalosException.class,
              e ->
                  assertThat(e.code())
                      .isEqualTo(status == 503 ? ErrorCode.UPSTREAM_5XX : ErrorCode.UPSTREAM_4XX));
    }
  }
}
