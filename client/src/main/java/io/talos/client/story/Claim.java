package io.talos.client.story;

import io.talos.client.Refusal;
import io.talos.client.Reply;
import io.talos.contracts.error.ErrorCode;

/** Says what must be true in the story; the first thing that is not ends it. */
final class Claim {
  private Claim() {}

  /** Requires {@code holds}; {@code otherwise} says what was found instead. */
  static void that(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  /** Requires that {@code reply} grants {@code what}. */
  static <T> Reply.Granted<T> granted(String what, Reply<T> reply) {
    return reply.match(
        granted -> granted,
        refused -> {
          throw new IllegalStateException(
              what + " was refused with " + refused.refusal().code() + " and should not be");
        });
  }

  /** Requires that {@code reply} refuses {@code what} with exactly this code and its status. */
  static Refusal refused(String what, ErrorCode code, Reply<?> reply) {
    Refusal refusal =
        reply.match(
            granted -> {
              throw new IllegalStateException(what + " was allowed and must not be");
            },
            refused -> refused.refusal());
    that(
        refusal.is(code) && refusal.status() == code.httpStatus(),
        what
            + " was refused with "
            + refusal.status()
            + " "
            + refusal.code()
            + " instead of "
            + code.httpStatus()
            + " "
            + code);
    return refusal;
  }
}
