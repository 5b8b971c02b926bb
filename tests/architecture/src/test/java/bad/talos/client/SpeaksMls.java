package bad.talos.client;

import org.bouncycastle.crypto.signers.Ed25519Signer;

/** A client that signs beside its groups. */
final class SpeaksMls {
  void reset(Ed25519Signer signer) {
    signer.reset();
  }
}
