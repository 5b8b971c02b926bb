package io.talos.contracts.log;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.log.anchor.AnchorCheck;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a proof bundle proved, or where it failed. */
public sealed interface Verification permits Verification.Verified, Verification.Refused {

  /** The steps of a verification, in the order in which they are taken. */
  enum Step {
    /** The file is a proof bundle. */
    FORM("the bundle has the form of its schema"),
    /** The event is the one that was hashed. */
    EVENT_HASH("the event is unchanged since it was hashed"),
    /** The log's entry is this event's. */
    LEAF("the log's entry is this event's"),
    /** The log's key signed the checkpoint. */
    CHECKPOINT("the log signed the checkpoint"),
    /** The entry lies under the checkpoint. */
    INCLUSION("the entry lies in the log that the checkpoint covers"),
    /** The log only grew since the earlier checkpoint. */
    CONSISTENCY("the log only grew since the earlier checkpoint"),
    /** The caller itself asked for this. */
    CALLER("the caller itself signed this request"),
    /** What others are said to have seen holds, as far as it can be judged. */
    ANCHORS("others saw the checkpoint");

    private final String statement;

    Step(String statement) {
      this.statement = statement;
    }

    /** What holds after this step, as a sentence without a full stop. */
    public String statement() {
      return statement;
    }
  }

  /** Why a step that was not proved was not refused either. */
  enum Gap {
    /** No earlier checkpoint was given to compare with. */
    NO_EARLIER_CHECKPOINT("no earlier checkpoint was given"),
    /** The event is not about a caller's request, or shows no proof of it. */
    NO_EVIDENCE("the event shows no caller's proof"),
    /** A bearer credential can be sent by whoever holds it, also by the server. */
    BEARER("a bearer credential cannot prove that the caller asked");

    private final String statement;

    Gap(String statement) {
      this.statement = statement;
    }

    /** Why, as a sentence without a full stop. */
    public String statement() {
      return statement;
    }
  }

  /**
   * Every step that the bundle has something for holds.
   *
   * @param proved the steps that hold
   * @param gaps what the bundle cannot prove
   * @param checkpoint the checkpoint that covers the event
   * @param request what the caller signed, when {@link Step#CALLER} is proved
   * @param anchors what each anchor proves; none of them is false
   * @param unknownAnchors the kinds of anchors that this verifier does not know; not shown
   */
  record Verified(
      List<Step> proved,
      List<Gap> gaps,
      Checkpoint checkpoint,
      Optional<SignedRequest> request,
      List<AnchorCheck> anchors,
      List<String> unknownAnchors)
      implements Verification {
    /** Copies. */
    public Verified {
      proved = List.copyOf(proved);
      gaps = List.copyOf(gaps);
      anchors = List.copyOf(anchors);
      unknownAnchors = List.copyOf(unknownAnchors);
    }
  }

  /**
   * The bundle proves nothing.
   *
   * @param step the first step that does not hold
   * @param why for whoever reads the report
   */
  record Refused(Step step, String why) implements Verification {
    /** The stable code of every refusal. */
    public ErrorCode code() {
      return ErrorCode.PROOF_INVALID;
    }
  }

  /** Answers by the result. */
  default <R> R match(Function<Verified, R> verified, Function<Refused, R> refused) {
    if (this instanceof Verified holds) {
      return verified.apply(holds);
    }
    return refused.apply((Refused) this);
  }
}
