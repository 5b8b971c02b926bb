package io.talos.contracts.conformance;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import jakarta.json.JsonObject;

/** RFC 4648 §5 without padding. */
public final class Base64UrlArea implements AreaRunner {
  @Override
  public String area() {
    return "base64url";
  }

  @Override
  public Outcome run(JsonObject input) {
    return switch (input.getString("op")) {
      case "codec" -> codec(Hex.decode(input.getString("bytes_hex")));
      case "decode" ->
          Outcome.accepted().with("bytes_hex", Base64Url.decode(input.getString("text")).hex());
      default -> throw Outcome.unknown(input.getString("op"));
    };
  }

  private static Outcome codec(Bytes bytes) {
    String text = Base64Url.encode(bytes);
    return Outcome.accepted().as(Base64Url.decode(text).equals(bytes)).with("text", text);
  }
}
