package io.talos.bench.signal;

import org.signal.libsignal.protocol.DuplicateMessageException;
import org.signal.libsignal.protocol.IdentityKey;
import org.signal.libsignal.protocol.IdentityKeyPair;
import org.signal.libsignal.protocol.InvalidKeyException;
import org.signal.libsignal.protocol.InvalidKeyIdException;
import org.signal.libsignal.protocol.InvalidMessageException;
import org.signal.libsignal.protocol.InvalidVersionException;
import org.signal.libsignal.protocol.LegacyMessageException;
import org.signal.libsignal.protocol.NoSessionException;
import org.signal.libsignal.protocol.SessionBuilder;
import org.signal.libsignal.protocol.SessionCipher;
import org.signal.libsignal.protocol.SignalProtocolAddress;
import org.signal.libsignal.protocol.UntrustedIdentityException;
import org.signal.libsignal.protocol.ecc.ECKeyPair;
import org.signal.libsignal.protocol.kem.KEMKeyPair;
import org.signal.libsignal.protocol.kem.KEMKeyType;
import org.signal.libsignal.protocol.message.PreKeySignalMessage;
import org.signal.libsignal.protocol.message.SignalMessage;
import org.signal.libsignal.protocol.state.KyberPreKeyRecord;
import org.signal.libsignal.protocol.state.PreKeyBundle;
import org.signal.libsignal.protocol.state.PreKeyRecord;
import org.signal.libsignal.protocol.state.SignedPreKeyRecord;
import org.signal.libsignal.protocol.state.impl.InMemorySignalProtocolStore;

/** One who speaks by libsignal. Not thread safe. */
final class SignalAgent {
  private static final int REGISTRATION = 1;
  private static final int DEVICE = 1;
  private static final int KEY_ID = 1;
  private static final long CREATED = 0;

  private final SignalProtocolAddress address;
  private final InMemorySignalProtocolStore store;
  private int nextPrekey = KEY_ID;

  SignalAgent(String name) {
    this(name, identity());
  }

  private SignalAgent(String name, IdentityKeyPair identity) {
    this.address = new SignalProtocolAddress(name, DEVICE);
    this.store = new InMemorySignalProtocolStore(identity, REGISTRATION);
  }

  private static IdentityKeyPair identity() {
    ECKeyPair pair = ECKeyPair.generate();
    return new IdentityKeyPair(new IdentityKey(pair.getPublicKey()), pair.getPrivateKey());
  }

  /** One of the same long-term key under another name, who knows nobody yet. */
  SignalAgent withoutSessions(String name) {
    return new SignalAgent(name, store.getIdentityKeyPair());
  }

  /** Takes fresh prekeys of {@code other} and begins a session. */
  void openTo(SignalAgent other) throws InvalidKeyException, UntrustedIdentityException {
    new SessionBuilder(store, other.address).process(other.freshBundle());
  }

  private PreKeyBundle freshBundle() {
    IdentityKeyPair identity = store.getIdentityKeyPair();
    int id = nextPrekey++;
    ECKeyPair oneTime = ECKeyPair.generate();
    ECKeyPair signed = ECKeyPair.generate();
    KEMKeyPair kyber = KEMKeyPair.generate(KEMKeyType.KYBER_1024);
    byte[] signedBy = identity.getPrivateKey().calculateSignature(signed.getPublicKey().serialize());
    byte[] kyberBy = identity.getPrivateKey().calculateSignature(kyber.getPublicKey().serialize());
    store.storePreKey(id, new PreKeyRecord(id, oneTime));
    store.storeSignedPreKey(id, new SignedPreKeyRecord(id, CREATED, signed, signedBy));
    store.storeKyberPreKey(id, new KyberPreKeyRecord(id, CREATED, kyber, kyberBy));
    return new PreKeyBundle(
        REGISTRATION,
        DEVICE,
        id,
        oneTime.getPublicKey(),
        id,
        signed.getPublicKey(),
        signedBy,
        identity.getPublicKey(),
        id,
        kyber.getPublicKey(),
        kyberBy);
  }

  byte[] send(SignalAgent to, byte[] message) {
    try {
      return new SessionCipher(store, to.address).encrypt(message).serialize();
    } catch (NoSessionException | UntrustedIdentityException e) {
      throw new IllegalStateException("the session is open", e);
    }
  }

  byte[] receiveFirst(SignalAgent from, byte[] message) {
    try {
      return new SessionCipher(store, from.address).decrypt(new PreKeySignalMessage(message));
    } catch (DuplicateMessageException
        | InvalidMessageException
        | InvalidKeyIdException
        | InvalidKeyException
        | InvalidVersionException
        | LegacyMessageException
        | UntrustedIdentityException e) {
      throw new IllegalStateException("the first message is genuine", e);
    }
  }

  byte[] receive(SignalAgent from, byte[] message) {
    try {
      return new SessionCipher(store, from.address).decrypt(new SignalMessage(message));
    } catch (DuplicateMessageException
        | InvalidMessageException
        | InvalidKeyException
        | InvalidVersionException
        | LegacyMessageException
        | NoSessionException
        | UntrustedIdentityException e) {
      throw new IllegalStateException("the message is genuine", e);
    }
  }
}
