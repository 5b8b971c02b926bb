package bad.talos.identity.keys;

import io.talos.contracts.Bytes;

/** A record as it should be. */
record BytesRecord(Bytes key) {
  static final byte[] LABEL = {1};
}
