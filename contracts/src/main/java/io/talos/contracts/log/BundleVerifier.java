package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Verification.Gap;
import io.talos.contracts.log.Verification.Refused;
import io.talos.contracts.log.Verification.Step;
import io.talos.contracts.log.Verification.Verified;
import io.talos.contracts.log.anchor.Anchor;
import io.talos.contracts.log.anchor.AnchorCheck;
import io.talos.contracts.log.anchor.AnchorKind;
import io.talos.contracts.log.anchor.AnchorVerifier;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verifies proof bundles offline: it trusts the log's keys, which the verifier must have got
 * another way than with the bundle, and nothing else.
 *
 * <p>With an earlier checkpoint of the same log it also proves that the log only grew since, so a
 * verifier that keeps the first checkpoint it ever saw notices a rewritten log. Anchors are judged
 * by whom the verifier trusts: a false one refuses the bundle, one that it cannot judge is not
 * shown.
 *
 * <p>Source: RFC 6962 §2.1; C2SP tlog-checkpoint; RFC 9421 for the caller's signature. Thread safe;
 * never throws on a bad bundle.
 */
public final class BundleVerifier {
  private final LogKeys log;
  private final AnchorVerifier anchors;
  private final SchemaLibrary schemas = new SchemaLibrary();

  /** A verifier of the log that signs with {@code log}, which trusts nobody's anchors. */
  public BundleVerifier(NoteKey log) {
    this(LogKeys.of(log));
  }

  /** A verifier of the log that signs with one of these, which trusts nobody's anchors. */
  public BundleVerifier(LogKeys log) {
    this(log, AnchorVerifier.Trust.NOBODY);
  }

  /** A verifier of the log that signs with one of these, and of anchors by {@code trust}. */
  public BundleVerifier(LogKeys log, AnchorVerifier.Trust trust) {
    this.log = log;
    this.anchors = new AnchorVerifier(trust);
  }

  /** Verifies a bundle alone. */
  public Verification verify(Bytes bundle) {
    return verify(bundle, Optional.empty());
  }

  /** Verifies a bundle, and that its log continues the one that {@code earlier} was signed for. */
  public Verification verify(Bytes bundle, SignedNote earlier) {
    return verify(bundle, Optional.of(earlier));
  }

  private Verification verify(Bytes bundle, Optional<SignedNote> earlier) {
    return new Walk().all(bundle, earlier);
  }

  /** One verification; remembers the step it is at, so that every fault is reported there. */
  private final class Walk {
    private final List<Step> proved = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private Step at = Step.FORM;

    Verification all(Bytes text, Optional<SignedNote> earlier) {
      try {
        ProofBundle bundle = ProofBundle.parse(text, schemas);
        proved.add(at);
        return after(bundle, earlier);
      } catch (TalosException e) {
        return new Refused(at, String.valueOf(e.getMessage()));
      } catch (ArithmeticException | IllegalArgumentException | ClassCastException e) {
        // The schema lets nothing of the kind through; a verifier still must not fall over.
        return new Refused(at, "cannot be read");
      }
    }

    private Verification after(ProofBundle bundle, Optional<SignedNote> earlier) {
      JsonObject event = bundle.event();
      at = Step.EVENT_HASH;
      if (!AuditEvent.hashOf(event).hex().equals(event.getString(AuditEvent.EVENT_HASH))) {
        return refused("the event was changed");
      }
      at = passed(Step.LEAF);
      LogLeaf leaf = LogLeaf.of(event, bundle.leaf().getJsonNumber("log_seq").longValueExact());
      if (!leaf.json().equals(bundle.leaf())) {
        return refused("the entry is another event's");
      }
      at = passed(Step.CHECKPOINT);
      Checkpoint checkpoint = Checkpoint.open(SignedNote.parse(bundle.checkpoint()), log);
      at = passed(Step.INCLUSION);
      if (checkpoint.size() != bundle.size()
          || !MerkleProof.includes(
              leaf.hash(), leaf.logSeq(), bundle.size(), bundle.path(), checkpoint.root())) {
        return refused("the entry is not in the log");
      }
      at = passed(Step.CONSISTENCY);
      if (!continues(bundle, checkpoint, earlier)) {
        return refused("the log is not the one that was seen earlier");
      }
      at = Step.CALLER;
      Optional<SignedRequest> request = caller(bundle);
      at = Step.ANCHORS;
      return anchored(
          bundle, new Verified(proved, gaps, checkpoint, request, List.of(), List.of()));
    }

    private Verification anchored(ProofBundle bundle, Verified rest) {
      List<AnchorCheck> checks = new ArrayList<>();
      List<String> unknown = new ArrayList<>();
      String text = SignedNote.parse(bundle.checkpoint()).text();
      for (JsonObject json : bundle.anchors()) {
        if (AnchorKind.ofWire(json.getString("kind")).isEmpty()) {
          unknown.add(json.getString("kind"));
          continue;
        }
        AnchorCheck check = anchors.check(Anchor.parse(json, schemas), text);
        if (check instanceof AnchorCheck.Refused no) {
          return refused(no.kind().wire() + ": " + no.why());
        }
        if (check instanceof AnchorCheck.Holds && !proved.contains(Step.ANCHORS)) {
          proved.add(Step.ANCHORS);
        }
        checks.add(check);
      }
      return new Verified(proved, rest.gaps(), rest.checkpoint(), rest.request(), checks, unknown);
    }

    private boolean continues(
        ProofBundle bundle, Checkpoint checkpoint, Optional<SignedNote> earlier) {
      if (earlier.isEmpty()) {
        gaps.add(Gap.NO_EARLIER_CHECKPOINT);
        return true;
      }
      Checkpoint first = Checkpoint.open(earlier.get(), log);
      List<Bytes> path =
          bundle
              .consistency()
              .filter(c -> c.fromSize() == first.size())
              .map(ProofBundle.Consistency::path)
              .orElse(List.of());
      if (!MerkleProof.continues(
          first.size(), first.root(), checkpoint.size(), checkpoint.root(), path)) {
        return false;
      }
      proved.add(Step.CONSISTENCY);
      return true;
    }

    private Optional<SignedRequest> caller(ProofBundle bundle) {
      JsonObject evidence = bundle.event().getJsonObject("evidence");
      if (evidence == null) {
        gaps.add(Gap.NO_EVIDENCE);
        return Optional.empty();
      }
      if (!evidence.getString("mode").equals(AuthMode.SIGNED.wire())) {
        gaps.add(Gap.BEARER);
        return Optional.empty();
      }
      // Without its base a signature proves nothing, so a bundle that lost it is refused.
      SignedRequest request =
          CallerProof.verify(
              bundle.event(), bundle.signatureBase().orElse(Bytes.empty()), bundle.keyHistory());
      proved.add(Step.CALLER);
      return Optional.of(request);
    }

    private Step passed(Step next) {
      proved.add(at);
      return next;
    }

    private Refused refused(String why) {
      return new Refused(at, why);
    }
  }
}
