package bad.talos.identity.keys;

/** A record that changes behind its own back. */
@SuppressWarnings("ArrayRecordComponent")
record ByteArrayRecord(byte[] key) {}
