package io.talos.client.story;

import io.talos.client.AuditReader;
import io.talos.client.http.PreparedRequest;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.BundleVerifier;
import io.talos.contracts.log.SignedRequest;
import io.talos.contracts.log.Verification;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Step 7: three proofs are downloaded and verified without the server; a changed byte shows. */
final class Proofs {
  static final String TITLE = "Proofs, verified offline";
  private static final String LOG_KEY_FILE = "log.vkey";
  private static final String FIRST_CHECKPOINT_FILE = "first-checkpoint.txt";

  private final StorySettings settings;
  private final Cast cast;
  private final BundleVerifier verifier;

  Proofs(StorySettings settings, Cast cast) {
    this.settings = settings;
    this.cast = cast;
    this.verifier = new BundleVerifier(cast.logKey());
  }

  /**
   * An event to prove.
   *
   * @param file under which name its proof is kept
   * @param reader who may read it
   * @param signed whether the bundle must prove that the caller itself asked
   */
  record Wanted(String file, UuidV7 event, AuditReader reader, boolean signed) {}

  /**
   * What was proved.
   *
   * @param flips how many changed bytes were noticed
   */
  record Proved(int bundles, int flips, long treeSize) {}

  /** Verifies every bundle; the first must be of {@code request}. */
  Proved play(List<Wanted> wanted, PreparedRequest request) {
    keep(LOG_KEY_FILE, Bytes.utf8(cast.logKey().vkey() + "\n"));
    keep(FIRST_CHECKPOINT_FILE, Bytes.utf8(cast.first().encoded()));
    int flips = 0;
    long size = 0;
    for (int i = 0; i < wanted.size(); i++) {
      Bytes bundle = download(wanted.get(i));
      Verification.Verified verified = verified(bundle, wanted.get(i));
      if (i == 0) {
        requireRequest(verified, request);
      }
      size = verified.checkpoint().size();
      flips += requireFragile(bundle);
    }
    return new Proved(wanted.size(), flips, size);
  }

  String proved(Proved done) {
    return done.bundles()
        + " proof bundles hold offline: event hash, inclusion, signed checkpoint over "
        + done.treeSize()
        + " entries that continues the first one seen, and Bob's own signature on his request; "
        + done.flips()
        + " flipped bytes were all noticed; the files are in "
        + settings.workFolder();
  }

  private Bytes download(Wanted wanted) {
    Bytes bundle =
        Claim.granted(
                "downloading the proof of event " + wanted.event(),
                wanted
                    .reader()
                    .awaitBundle(wanted.event(), OptionalLong.of(cast.firstCheckpoint().size())))
            .value();
    keep(wanted.file(), bundle);
    return bundle;
  }

  private Verification.Verified verified(Bytes bundle, Wanted wanted) {
    Verification.Verified verified =
        verifier
            .verify(bundle, cast.first())
            .match(
                holds -> holds,
                refused -> {
                  throw new IllegalStateException(
                      wanted.file()
                          + " does not verify: not so that "
                          + refused.step().statement()
                          + ", "
                          + refused.why());
                });
    Claim.that(
        verified.proved().contains(Verification.Step.CONSISTENCY)
            && verified.proved().contains(Verification.Step.INCLUSION),
        wanted.file() + " leaves out a step of the proof");
    Claim.that(
        verified.proved().contains(Verification.Step.CALLER) == wanted.signed(),
        wanted.file() + " proves something else of its caller than it should");
    Claim.that(
        json(bundle).getJsonObject("event").getString("event_id").equals(wanted.event().text()),
        wanted.file() + " is the proof of another event");
    return verified;
  }

  private void requireRequest(Verification.Verified verified, PreparedRequest request) {
    SignedRequest signed =
        verified
            .request()
            .orElseThrow(() -> new IllegalStateException("the proof holds no signed request"));
    Claim.that(
        signed.method().equals(request.method())
            && signed.targetUri().equals(request.uri().toString())
            && signed.keyId().equals(cast.bob().did().keyUrl()),
        "the proof holds another request than Bob's");
  }

  /** Flips one bit in the middle of every part; how many parts there were. */
  private int requireFragile(Bytes bundle) {
    JsonObject parts = json(bundle);
    String text = parts.toString();
    Claim.that(
        verifier.verify(Bytes.utf8(text), cast.first()) instanceof Verification.Verified,
        "a bundle does not verify in another layout");
    for (String part : parts.keySet()) {
      String member = "\"" + part + "\":";
      int from = text.indexOf(member) + member.length();
      byte[] flipped = Bytes.utf8(text).toArray();
      flipped[from + parts.get(part).toString().length() / 2] ^= 1;
      Verification result = verifier.verify(Bytes.of(flipped), cast.first());
      Claim.that(
          result instanceof Verification.Refused,
          "a flipped byte in the " + part + " of a proof goes unnoticed");
    }
    return parts.size();
  }

  private static JsonObject json(Bytes bundle) {
    return StrictJson.parseObject(bundle, Limits.REQUEST);
  }

  private void keep(String name, Bytes content) {
    Path file = settings.workFolder().resolve(name);
    try {
      Files.createDirectories(settings.workFolder());
      Files.write(file, content.toArray());
    } catch (IOException e) {
      throw new TalosException(ErrorCode.INTERNAL, "cannot write " + file, e);
    }
  }
}
