package io.talos.contracts.interop;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A transport frame of Talos 1.x: base64url of a canonical JSON object.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_FRAME_INVALID}, whatever is wrong.
 *
 * <p>Source: Talos 1.x transport frames.
 *
 * @param type what the frame is for
 * @param version the protocol's version, at least 1
 * @param flags 0 in all that 1.x writes
 * @param payload what it carries
 * @param signature a signature in base64url, which 1.x carries along and does not define
 */
public record V1WireFrame(
    Type type, long version, long flags, Bytes payload, Optional<String> signature) {
  private static final Set<String> REQUIRED = Set.of("flags", "payload", "type", "version");
  private static final String SIGNATURE = "signature";

  /** The kinds of frames. */
  public enum Type {
    /** Opens a connection. */
    HANDSHAKE,
    /** Answers an opening. */
    HANDSHAKE_ACK,
    /** Carries a message. */
    DATA,
    /** Asks whether the other is there. */
    PING,
    /** Says so. */
    PONG,
    /** Ends a connection. */
    CLOSE
  }

  /** Versions start at 1, and no number is one that a JSON reader may change. */
  public V1WireFrame {
    Check.that(version >= 1, "a frame's version is at least 1");
    Check.that(flags >= 0, "a frame's flags are not negative");
    Check.atMost(version, io.talos.contracts.json.Limits.INTEGER_MAX, "a frame's version");
    Check.atMost(flags, io.talos.contracts.json.Limits.INTEGER_MAX, "a frame's flags");
  }

  /** A frame as 1.x writes it: version 1, no flags, no signature. */
  public static V1WireFrame of(Type type, Bytes payload) {
    return new V1WireFrame(type, 1, 0, payload, Optional.empty());
  }

  /** Reads a frame. */
  public static V1WireFrame decode(String encoded) {
    Bytes json;
    try {
      json = Base64Url.decode(encoded);
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.TALOS_FRAME_INVALID, "not base64url", e);
    }
    return read(json);
  }

  /** Reads a frame whose base64url was taken off. */
  public static V1WireFrame read(Bytes json) {
    JsonObject frame;
    try {
      frame = StrictJson.parseObject(json, Limits.BOUND);
    } catch (TalosException e) {
      String why = endsEarly(json.utf8()) ? "the frame is truncated" : "not a JSON object";
      throw new TalosException(ErrorCode.TALOS_FRAME_INVALID, why, e);
    }
    try {
      return of(frame);
    } catch (ClassCastException | IllegalArgumentException | ArithmeticException e) {
      throw new TalosException(ErrorCode.TALOS_FRAME_INVALID, "a member has the wrong form", e);
    } catch (TalosException e) {
      throw e.code() == ErrorCode.TALOS_FRAME_INVALID
          ? e
          : new TalosException(ErrorCode.TALOS_FRAME_INVALID, "the payload is not base64url", e);
    }
  }

  private static V1WireFrame of(JsonObject frame) {
    if (!frame.keySet().containsAll(REQUIRED)
        || frame.keySet().stream().anyMatch(m -> !REQUIRED.contains(m) && !m.equals(SIGNATURE))) {
      throw new TalosException(ErrorCode.TALOS_FRAME_INVALID, "a missing or an unknown member");
    }
    return new V1WireFrame(
        type(((JsonString) frame.getValue("/type")).getString()),
        ((JsonNumber) frame.getValue("/version")).longValueExact(),
        ((JsonNumber) frame.getValue("/flags")).longValueExact(),
        Base64Url.decode(((JsonString) frame.getValue("/payload")).getString()),
        Optional.ofNullable((JsonString) frame.get(SIGNATURE)).map(JsonString::getString));
  }

  private static Type type(String name) {
    return Arrays.stream(Type.values())
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new TalosException(ErrorCode.TALOS_FRAME_INVALID, "an unknown frame type"));
  }

  /** Whether text that is no JSON stops inside a string, an object or an array. */
  private static boolean endsEarly(String text) {
    int open = 0;
    boolean inString = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inString && c == '\\') {
        i++;
      } else if (c == '"') {
        inString = !inString;
      } else if (!inString) {
        open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      }
    }
    return inString || open > 0;
  }

  /** The canonical JSON text. */
  public Bytes canonical() {
    var frame =
        Json.createObjectBuilder()
            .add("flags", flags)
            .add("payload", Base64Url.encode(payload))
            .add("type", type.name())
            .add("version", version);
    signature.ifPresent(text -> frame.add(SIGNATURE, text));
    return CanonicalJson.encode(frame.build());
  }

  /** The text that goes over the wire. */
  public String encode() {
    return Base64Url.encode(canonical());
  }
}
