package bad.talos.contracts.codec;

/** A codec that may be subclassed. */
class OpenCodec {}
