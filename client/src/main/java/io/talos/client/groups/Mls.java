package io.talos.client.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import org.bouncycastle.mls.codec.MLSInputStream;
import org.bouncycastle.mls.codec.MLSMessage;
import org.bouncycastle.mls.codec.MLSOutputStream;
import org.bouncycastle.mls.codec.WireFormat;
import org.bouncycastle.mls.crypto.MlsCipherSuite;

/**
 * The library, one call at a time: its cipher suites are constants that share one cipher and one
 * digest among all threads.
 */
final class Mls {
  /** MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519, the only suite of Talos groups. */
  static final MlsCipherSuite SUITE = MlsCipherSuite.BCMLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519;

  private static final Object TURN = new Object();

  private Mls() {}

  /** Something that the library does. */
  @FunctionalInterface
  interface Step<T> {
    /** The library throws whatever it likes. */
    @SuppressWarnings("checkstyle:IllegalThrows")
    T run() throws Exception;
  }

  /**
   * Runs {@code step} while nobody else uses the library.
   *
   * @throws TalosException {@link ErrorCode#A2A_GROUP_MESSAGE_INVALID} for whatever the library
   *     refuses, so that nobody learns from the code which check failed
   */
  static <T> T alone(String what, Step<T> step) {
    synchronized (TURN) {
      try {
        return step.run();
      } catch (TalosException e) {
        throw e;
      } catch (Exception e) {
        // The library declares Exception everywhere, and throws unchecked ones for bad input too.
        throw new TalosException(ErrorCode.A2A_GROUP_MESSAGE_INVALID, what, e);
      }
    }
  }

  /** Reads a message whose form was looked at. */
  static MLSMessage read(Bytes message, Wire.Form form) throws java.io.IOException {
    return (MLSMessage) MLSInputStream.decode(Wire.require(message, form), MLSMessage.class);
  }

  static Bytes bytes(MLSOutputStream.Writable value) throws java.io.IOException {
    return Bytes.of(MLSOutputStream.encode(value));
  }

  static MLSMessage message(WireFormat format) {
    return new MLSMessage(format);
  }
}
