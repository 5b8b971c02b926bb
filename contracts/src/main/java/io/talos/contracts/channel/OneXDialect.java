package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Aead;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * How Talos 1.x writes headers and messages; both dialects say the same.
 *
 * <p>A header is a JSON object of {@code dh} (base64url), {@code pn} and {@code n}. Dialect 1.0
 * writes it compactly in this order and a message as
 *
 * <pre>header length (2 bytes, big-endian) || header || nonce (12) || ciphertext</pre>
 *
 * Dialect 1.1.0 writes the canonical JSON (RFC 8785) of the header, and a message as the canonical
 * JSON of {@code {ciphertext, header, nonce}}, which travels as base64url text.
 *
 * <p>Source: Talos 1.x ratchet vectors.
 */
public enum OneXDialect {
  /** Insertion order and a binary message. */
  V1_0("1.0") {
    @Override
    public Bytes header(RatchetHeader header) {
      return Bytes.utf8(
          "{\"dh\":\""
              + Base64Url.encode(header.ratchetKey())
              + "\",\"pn\":"
              + header.previousCount()
              + ",\"n\":"
              + header.number()
              + "}");
    }

    @Override
    public Bytes encode(OneXMessage message) {
      int size = message.header().size();
      return Bytes.of((byte) (size >>> 8), (byte) size)
          .concat(message.header(), message.nonce(), message.ciphertext());
    }

    @Override
    OneXMessage read(Bytes wire) {
      byte[] bytes = wire.toArray();
      int header = bytes.length < 2 ? 0 : ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
      int nonce = 2 + header;
      int ciphertext = nonce + Aead.NONCE_SIZE;
      if (header > Limits.HEADER_BYTES_MAX || ciphertext + Aead.TAG_SIZE > bytes.length) {
        throw new TalosException(ErrorCode.RATCHET_INVALID_HEADER, "the message is cut short");
      }
      return new OneXMessage(
          wire.slice(2, nonce),
          wire.slice(nonce, ciphertext),
          wire.slice(ciphertext, bytes.length));
    }
  },

  /** Canonical JSON throughout. */
  V1_1_0("1.1.0") {
    @Override
    public Bytes header(RatchetHeader header) {
      return CanonicalJson.encode(json(header));
    }

    @Override
    public Bytes encode(OneXMessage message) {
      return CanonicalJson.encode(
          Json.createObjectBuilder()
              .add("ciphertext", Base64Url.encode(message.ciphertext()))
              .add("header", json(parseHeader(message.header())))
              .add("nonce", Base64Url.encode(message.nonce()))
              .build());
    }

    @Override
    OneXMessage read(Bytes wire) {
      JsonObject json = object(wire, WIRE_BYTES_MAX);
      Members members = new Members(json, ErrorCode.RATCHET_INVALID_HEADER).only(MESSAGE_MEMBERS);
      OneXMessage message =
          new OneXMessage(
              header(parse(members.object("header"))),
              members.exactly("nonce", Aead.NONCE_SIZE),
              members.bytes("ciphertext", Limits.CIPHERTEXT_BYTES_MAX));
      if (!encode(message).equals(wire)) {
        throw new TalosException(ErrorCode.RATCHET_INVALID_HEADER, "not the canonical text");
      }
      return message;
    }
  };

  private static final Set<String> HEADER_MEMBERS = Set.of("dh", "n", "pn");
  private static final Set<String> MESSAGE_MEMBERS = Set.of("ciphertext", "header", "nonce");
  private static final int WIRE_BYTES_MAX = Limits.CIPHERTEXT_BYTES_MAX / 3 * 4 + 1024;

  private final String version;

  OneXDialect(String version) {
    this.version = version;
  }

  /** The dialect of that version, when there is one. */
  public static Optional<OneXDialect> of(String version) {
    return Arrays.stream(values()).filter(dialect -> dialect.version.equals(version)).findFirst();
  }

  /** The header's bytes in this dialect. */
  public abstract Bytes header(RatchetHeader header);

  /** The message's bytes in this dialect; 1.1.0 sends them as base64url text. */
  public abstract Bytes encode(OneXMessage message);

  abstract OneXMessage read(Bytes wire);

  /**
   * Reads a message in this dialect.
   *
   * @throws TalosException {@link ErrorCode#RATCHET_INVALID_HEADER} when it is malformed
   */
  public OneXMessage decode(Bytes wire) {
    try {
      return read(wire);
    } catch (IllegalArgumentException e) {
      throw new TalosException(ErrorCode.RATCHET_INVALID_HEADER, "outside its bounds", e);
    }
  }

  /**
   * Reads header bytes of either dialect, whatever the order of the members.
   *
   * @throws TalosException {@link ErrorCode#RATCHET_INVALID_HEADER} on anything else
   */
  public static RatchetHeader parseHeader(Bytes header) {
    return parse(
        new Members(object(header, Limits.HEADER_BYTES_MAX), ErrorCode.RATCHET_INVALID_HEADER));
  }

  private static RatchetHeader parse(Members header) {
    header.only(HEADER_MEMBERS);
    return new RatchetHeader(
        header.exactly("dh", X25519.SIZE),
        (int) header.number("pn", Limits.MESSAGE_NUMBER_MAX),
        (int) header.number("n", Limits.MESSAGE_NUMBER_MAX));
  }

  private static JsonObject object(Bytes text, int bytesMax) {
    try {
      return StrictJson.parseObject(text, new io.talos.contracts.json.Limits(bytesMax, 3, 16));
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.RATCHET_INVALID_HEADER, "not the JSON it must be", e);
    }
  }

  private static JsonObject json(RatchetHeader header) {
    return Json.createObjectBuilder()
        .add("dh", Base64Url.encode(header.ratchetKey()))
        .add("n", header.number())
        .add("pn", header.previousCount())
        .build();
  }
}
