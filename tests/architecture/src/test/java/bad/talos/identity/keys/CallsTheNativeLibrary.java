package bad.talos.identity.keys;

import org.conscrypt.Conscrypt;

/** Native code from anywhere. */
final class CallsTheNativeLibrary {
  boolean isThere() {
    return Conscrypt.isAvailable();
  }
}
