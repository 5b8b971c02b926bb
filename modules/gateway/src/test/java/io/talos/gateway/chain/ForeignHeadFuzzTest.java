package io.talos.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.registry.SurfaceRegistry;
import jakarta.json.Json;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Mallory sends request heads: a method, a path, what she accepts and a token. */
class ForeignHeadFuzzTest {
  private static final SurfaceRegistry SURFACES = SurfaceRegistry.load();

  /** As a string in JSON, where a character takes up to six, it fits into a token's header. */
  private static final int KEY_ID_CHARACTERS_MAX = 600;

  @FuzzTest(maxDuration = "60s")
  void a_head_is_refused_or_has_one_reading(byte[] data) {
    String[] lines = Bytes.of(data).utf8().split("\n", 4);
    String method = lines[0];
    String path = lines.length > 1 ? lines[1] : "";
    String accept = lines.length > 2 ? lines[2] : "";
    String token = lines.length > 3 ? lines[3] : "";

    boolean found = SURFACES.find(method, path).isPresent();
    assertThat(SURFACES.methods(path).contains(method)).isEqualTo(found);
    if (RawPath.isPlain(path)) {
      hasOneReading(path);
    }
    if (AcceptHeader.isReadable(List.of(accept))) {
      hasWeights(accept);
    }
    assertThat(TokenHeader.keyId(token)).isNotNull();
    isFoundInItsToken(token.substring(0, Math.min(token.length(), KEY_ID_CHARACTERS_MAX)));
  }

  private static void hasOneReading(String path) {
    URI uri = URI.create(path);
    assertThat(uri.normalize().getRawPath()).isEqualTo(path);
    assertThat(uri.toASCIIString()).isEqualTo(path);
    assertThat(uri.getPath().split("/", -1)).hasSize(path.split("/", -1).length);
    assertThat(uri.getPath().replace("%3A", "")).doesNotContain("%", "\\", ";", "\0", "\uFFFD");
  }

  private static void hasWeights(String accept) {
    for (String part : accept.split("[,;]")) {
      String[] sides = part.split("=", 2);
      if (sides.length == 2 && sides[0].trim().toLowerCase(Locale.ROOT).equals("q")) {
        assertThat(Float.parseFloat(sides[1])).isBetween(0F, 1F);
      }
    }
  }

  private static void isFoundInItsToken(String keyId) {
    boolean whole = keyId.isEmpty() || !Character.isHighSurrogate(keyId.charAt(keyId.length() - 1));
    if (whole) {
      String header = Json.createObjectBuilder().add("kid", keyId).build().toString();
      assertThat(TokenHeader.keyId(Base64Url.encode(Bytes.utf8(header)) + ".claims.signature"))
          .isEqualTo(keyId);
    }
  }
}
