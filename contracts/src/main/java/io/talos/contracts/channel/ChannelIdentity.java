package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;

/**
 * An agent's own X25519 identity: the private key and the certificate that others check. It never
 * leaves the client.
 *
 * @param certified the public half with its certificate
 * @param pair both halves
 * @param signingKey the Ed25519 key that speaks for the agent and certified it
 */
public record ChannelIdentity(IdentityKey certified, X25519.KeyPair pair, Bytes signingKey) {
  /** The halves belong together and the certificate verifies. */
  public ChannelIdentity {
    Check.that(
        certified.publicKey().equals(pair.publicKey()), "the certificate is for this key pair");
    Check.that(certified.isCertifiedBy(signingKey), "the certificate verifies");
  }

  /** A fresh identity for the agent with this signing key. */
  public static ChannelIdentity generate(Ed25519.KeyPair signer, Randomness randomness) {
    return of(signer, X25519.generate(randomness));
  }

  /** The identity of an existing key pair, certified anew. */
  public static ChannelIdentity of(Ed25519.KeyPair signer, X25519.KeyPair pair) {
    return of(Did.ofKey(signer.publicKey()), signer, pair);
  }

  /** The identity of the agent {@code did}, for which {@code signer} speaks now. */
  public static ChannelIdentity of(Did did, Ed25519.KeyPair signer, X25519.KeyPair pair) {
    return new ChannelIdentity(
        IdentityKey.certify(did, signer, pair.publicKey()), pair, signer.publicKey());
  }

  /** The agent's DID. */
  public String did() {
    return certified.did();
  }
}
