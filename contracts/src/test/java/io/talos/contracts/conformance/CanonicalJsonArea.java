package io.talos.contracts.conformance;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;

/** RFC 8785. */
public final class CanonicalJsonArea implements AreaRunner {
  @Override
  public String area() {
    return "canonical-json";
  }

  @Override
  public Outcome run(JsonObject input) {
    return switch (input.getString("op")) {
      case "canonicalize" -> canonicalize(Bytes.utf8(input.getString("json_text")));
      case "canonicalize-bytes" -> canonicalize(Hex.decode(input.getString("json_hex")));
      default -> throw Outcome.unknown(input.getString("op"));
    };
  }

  private static Outcome canonicalize(Bytes text) {
    Bytes canonical = CanonicalJson.encode(StrictJson.parse(text, Limits.REQUEST));
    return Outcome.accepted()
        .with("canonical", canonical.utf8())
        .with("sha256_hex", Sha256.hex(canonical));
  }
}
