package io.talos.contracts.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.fuzz.Foreign;
import io.talos.contracts.peers.LocalTimestamping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory wants a checkpoint to be older than it is. */
class ForgedTimestampTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Bytes DIGEST = Sha256.of(Bytes.utf8("checkpoint"));

  private final LocalTimestamping authority = LocalTimestamping.good();
  private final Timestamps.Request request = Timestamps.request(DIGEST, Randomness.secure());

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMESTAMP_INVALID));
  }

  @Test
  void a_token_says_when_the_digest_existed_and_who_says_so() {
    Bytes token =
        Timestamps.token(request, authority.answer(request.der(), NOW), authority.trust());
    Timestamps.Stamp stamp = Timestamps.verify(token, DIGEST, authority.trust());

    assertThat(stamp.time()).isEqualTo(NOW);
    assertThat(stamp.authority()).isEqualTo("CN=Test TSA");
    assertThat(stamp.policy()).isEqualTo(LocalTimestamping.POLICY);
  }

  @Test
  void a_token_of_another_digest_is_refused() {
    Bytes token =
        Timestamps.token(request, authority.answer(request.der(), NOW), authority.trust());

    refused(() -> Timestamps.verify(token, Sha256.of(Bytes.utf8("other")), authority.trust()));
  }

  @Test
  void an_answer_to_another_question_is_refused() {
    Timestamps.Request again = Timestamps.request(DIGEST, Randomness.secure());

    refused(() -> Timestamps.token(request, authority.answer(again.der(), NOW), authority.trust()));
  }

  @Test
  void an_authority_that_nobody_trusts_is_refused() {
    LocalTimestamping mallory = LocalTimestamping.good();

    refused(() -> Timestamps.token(request, mallory.answer(request.der(), NOW), authority.trust()));
  }

  @Test
  void a_token_from_after_the_certificates_end_is_refused_and_one_from_before_stays_good() {
    Bytes late = authority.answer(request.der(), LocalTimestamping.END.plusSeconds(1));
    Bytes token =
        Timestamps.token(request, authority.answer(request.der(), NOW), authority.trust());

    refused(() -> Timestamps.token(request, late, authority.trust()));
    assertThat(Timestamps.verify(token, DIGEST, authority.trust()).time()).isEqualTo(NOW);
  }

  @Test
  void a_token_that_was_changed_anywhere_is_refused() {
    byte[] token =
        Timestamps.token(request, authority.answer(request.der(), NOW), authority.trust())
            .toArray();
    int accepted = 0;

    for (int at = 0; at < token.length; at++) {
      byte[] changed = token.clone();
      changed[at] ^= 1;
      if (Foreign.read(() -> Timestamps.verify(Bytes.of(changed), DIGEST, authority.trust()))
          .filter(stamp -> !stamp.time().equals(NOW))
          .isPresent()) {
        accepted++;
      }
    }

    assertThat(accepted).as("tokens that say another time").isZero();
  }

  @Test
  void the_answer_of_no_authority_at_all_is_refused() {
    refused(() -> Timestamps.token(request, Bytes.utf8("<html>"), authority.trust()));
    refused(() -> Timestamps.token(request, Bytes.empty(), authority.trust()));
    refused(
        () ->
            Timestamps.token(
                request, Bytes.of(new byte[Timestamps.RESPONSE_BYTES_MAX + 1]), authority.trust()));
  }

  @Test
  void a_certificate_for_something_else_makes_no_timestamps() {
    // The library of the test refuses to sign with it, as ours refuses to believe it.
    LocalTimestamping server =
        new LocalTimestamping(
            Optional.of(KeyPurposeId.id_kp_serverAuth), NOW.minusSeconds(60), NOW.plusSeconds(60));

    assertThatThrownBy(() -> server.answer(request.der(), NOW))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void openssl_accepts_the_token(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(isThere("openssl"), "openssl is not there");
    Instant now = NOW;
    LocalTimestamping local = LocalTimestamping.good();
    Bytes token = Timestamps.token(request, local.answer(request.der(), now), local.trust());
    Files.write(folder.resolve("token.der"), token.toArray());
    Files.writeString(folder.resolve("root.pem"), local.rootPem());

    Process verify =
        new ProcessBuilder(
                "openssl",
                "ts",
                "-verify",
                "-token_in",
                "-in",
                "token.der",
                "-digest",
                DIGEST.hex(),
                "-CAfile",
                "root.pem",
                "-attime",
                Long.toString(now.getEpochSecond()))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said =
        new String(verify.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

    assertThat(verify.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("Verification: OK");
  }

  private static boolean isThere(String program) {
    try {
      return new ProcessBuilder(program, "version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final LocalTimestamping FOREIGN = LocalTimestamping.good();

  @FuzzTest(maxDuration = "60s")
  void what_an_authority_answers_is_refused_or_a_token(byte[] data) {
    Foreign.read(() -> Timestamps.token(request, Bytes.of(data), FOREIGN.trust()));
    Foreign.read(() -> Timestamps.verify(Bytes.of(data), DIGEST, FOREIGN.trust()));
  }
}
