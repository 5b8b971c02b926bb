package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.vectors.VectorRunner;
import jakarta.json.JsonObject;

/** The files of {@code contracts/vectors/channel}, with all chance given in the cases. */
public abstract sealed class ChannelVectors implements VectorRunner {
  private final String file;

  private ChannelVectors(String file) {
    this.file = file;
  }

  /** {@code x3dh-2.json}. */
  public static final class X3dhFile extends ChannelVectors {
    /** For the service loader. */
    public X3dhFile() {
      super("channel/x3dh-2");
    }
  }

  /** {@code pqxdh-2.json}. */
  public static final class PqxdhFile extends ChannelVectors {
    /** For the service loader. */
    public PqxdhFile() {
      super("channel/pqxdh-2");
    }
  }

  /** {@code ratchet-2.json}. */
  public static final class RatchetFile extends ChannelVectors {
    /** For the service loader. */
    public RatchetFile() {
      super("channel/ratchet-2");
    }
  }

  /** {@code frame-2.json}. */
  public static final class FrameFile extends ChannelVectors {
    /** For the service loader. */
    public FrameFile() {
      super("channel/frame-2");
    }
  }

  @Override
  public String file() {
    return file;
  }

  @Override
  public void run(JsonObject group, JsonObject test) {
    compute(group.getString("type"), test)
        .forEach((name, value) -> assertThat(test.get(name)).as(name).isEqualTo(value));
  }

  /** What our code makes of a test's input. */
  static JsonObject compute(String type, JsonObject test) {
    return switch (type) {
      case "Open" -> HandshakeVectors.open(test);
      case "Accept" -> HandshakeVectors.accept(test);
      case "Choose" -> HandshakeVectors.choose(test);
      case "IdentityKey" -> HandshakeVectors.identityKey(test);
      case "SignedPrekey" -> HandshakeVectors.signedPrekey(test);
      case "KemPrekey" -> HandshakeVectors.kemPrekey(test);
      case "KemEncapsulate" -> HandshakeVectors.encapsulate(test);
      case "KemDecapsulate" -> HandshakeVectors.decapsulate(test);
      case "Send" -> RatchetVectors.send(test);
      case "Receive" -> RatchetVectors.receive(test);
      case "Run" -> RatchetVectors.run(test);
      case "State" -> RatchetVectors.state(test);
      case "Header" -> RatchetVectors.header(test);
      case "Pad" -> RatchetVectors.pad(test);
      case "Unpad" -> RatchetVectors.unpad(test);
      case "Bucket" -> RatchetVectors.bucket(test);
      case "FrameSign" -> FrameVectors.sign(test);
      case "FrameCheck" -> FrameVectors.check(test);
      default -> throw new AssertionError("an unknown group: " + type);
    };
  }

  /** Gives out the test's bytes, in order and no more. */
  static Randomness tape(JsonObject test) {
    Bytes all = Hex.decode(test.getString("randomness_hex"));
    int[] at = {0};
    return target -> {
      Check.that(at[0] + target.length <= all.size(), "the test gives enough randomness");
      System.arraycopy(all.toArray(), at[0], target, 0, target.length);
      at[0] += target.length;
    };
  }

  static SecretBytes secret(JsonObject json, String name) {
    return SecretBytes.of(Hex.decode(json.getString(name)).toArray());
  }

  static String hex(SecretBytes secret) {
    return Hex.encode(secret.reveal());
  }
}
