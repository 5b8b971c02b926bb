package io.talos.contracts.capability;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.fuzz.Foreign;
import java.util.List;

/** Mallory writes capabilities. */
class ForeignCapabilityFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void a_chain_is_refused_or_has_one_text_and_never_verifies(byte[] data) {
    String text = Bytes.of(data).utf8();
    String header = Base64Url.encode(data);

    Foreign.read(() -> UnverifiedCapability.parse(header))
        .ifPresent(ForeignCapabilityFuzzTest::neverVerifies);
    Foreign.read(() -> Scope.parse(text))
        .ifPresent(scope -> assertThat(Scope.parse(scope.toString())).isEqualTo(scope));
    Foreign.read(() -> SourceNetwork.parse(text));
  }

  private static void neverVerifies(UnverifiedCapability chain) {
    assertThat(UnverifiedCapability.parse(chain.header())).isEqualTo(chain);
    for (Need need : List.of(new Need.Call("notes", "read"), new Need.Any("notes"))) {
      String answer = CapabilityCast.answer(chain, CapabilityCast.ALICE, CapabilityCast.NOW, need);
      boolean given =
          chain.hash().equals(CapabilityCast.alices().hash())
              || chain.hash().equals(CapabilityCast.bobs().hash());
      assertThat(given || !answer.equals("VERIFIED")).isTrue();
    }
  }
}
