package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;

/** Mallory hands an auditor a proof bundle. */
class ForeignBundleFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void a_bundle_is_judged_and_never_breaks_the_verifier(byte[] data) {
    assertThat(VERIFIER.verify(Bytes.of(data))).isNotNull();
  }

  // Source: RFC 8032 §7.1, the public key of TEST 2.
  private static final BundleVerifier VERIFIER =
      new BundleVerifier(
          new NoteKey(
              "log.talos.example",
              io.talos.contracts.codec.Hex.decode(
                  "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")));
}
