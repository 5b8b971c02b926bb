package io.talos.audit.witness;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.log.SignedNote;
import java.util.function.Function;
import java.util.function.LongFunction;

/** What a witness answers. */
public sealed interface Cosigning {
  /** It saw the checkpoint, and no other history of that log. */
  record Cosigned(SignedNote.Line line) implements Cosigning {}

  /** It knows the log at this size, and the request does not start there. */
  record Conflict(long size) implements Cosigning {}

  /** It does not cosign. */
  record Refused(ErrorCode code) implements Cosigning {}

  /** Answers by the result. */
  default <R> R match(
      Function<SignedNote.Line, R> cosigned,
      LongFunction<R> conflict,
      Function<ErrorCode, R> refused) {
    if (this instanceof Cosigned yes) {
      return cosigned.apply(yes.line);
    }
    return this instanceof Conflict other
        ? conflict.apply(other.size)
        : refused.apply(((Refused) this).code);
  }
}
