package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Ed25519;
import java.util.List;

/**
 * Signs notes under a name; every signature is verified before it is given out.
 *
 * @param name who signs
 * @param keys the Ed25519 key pair
 */
public record NoteSigner(String name, Ed25519.KeyPair keys) {
  /** Refuses a name that a signature line cannot hold. */
  public NoteSigner {
    Check.that(NoteKey.isName(name), "a key name has no space and no plus sign");
  }

  /** The key by which others verify. */
  public NoteKey verifier() {
    return new NoteKey(name, keys.publicKey());
  }

  /** {@code text}, which ends in a line feed, with this signer's signature. */
  public SignedNote sign(String text) {
    Bytes signature = keys.sign(Bytes.utf8(text));
    NoteKey verifier = verifier();
    SignedNote note =
        new SignedNote(text, List.of(new SignedNote.Line(name, verifier.id(), signature)));
    Check.that(note.isSignedBy(verifier), "a signature that was just made verifies");
    return note;
  }
}
