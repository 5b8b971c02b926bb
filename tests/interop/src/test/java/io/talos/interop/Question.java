package io.talos.interop;

import io.talos.contracts.Bytes;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.TlogProof;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One proof, true or forged, as every verifier is asked about it.
 *
 * @param what what was done to it
 * @param about what it takes to see that
 * @param accept whether it is true
 * @param vkey the log's key
 * @param entry the entry that is claimed to be in the log
 * @param proof text of a tlog-proof file
 * @param growth from an earlier checkpoint, where the question is about it too
 */
record Question(
    String what,
    About about,
    boolean accept,
    NoteKey vkey,
    Bytes entry,
    String proof,
    Optional<Growth> growth) {

  /** The part of verifying that a forgery is caught by. */
  enum About {
    INCLUSION,
    SIGNATURE,
    CONSISTENCY
  }

  /** That the log only grew since {@code earlier}. */
  record Growth(SignedNote earlier, List<Bytes> path) {
    Growth {
      path = List.copyOf(path);
    }
  }

  static Question valid(NoteKey key, Bytes entry, TlogProof proof, Optional<Growth> growth) {
    return new Question("valid", About.INCLUSION, true, key, entry, proof.text(), growth);
  }

  /** One line of the file. */
  JsonObject json(int number) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("n", number)
            .add("what", what)
            .add("about", about.name().toLowerCase(java.util.Locale.ROOT))
            .add("accept", accept)
            .add("vkey", vkey.vkey())
            .add("entry", Base64.getEncoder().encodeToString(entry.toArray()))
            .add("proof", proof);
    growth.ifPresent(
        g -> {
          JsonArrayBuilder path = Json.createArrayBuilder();
          g.path.forEach(hash -> path.add(hash.hex()));
          json.add("earlier", g.earlier.encoded()).add("path", path);
        });
    return json.build();
  }
}
