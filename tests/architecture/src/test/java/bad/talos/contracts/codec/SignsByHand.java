package bad.talos.contracts.codec;

import org.bouncycastle.crypto.signers.Ed25519Signer;

/** A codec with a signer of its own. */
final class SignsByHand {
  void reset(Ed25519Signer signer) {
    signer.reset();
  }
}
