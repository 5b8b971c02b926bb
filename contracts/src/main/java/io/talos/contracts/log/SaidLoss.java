package io.talos.contracts.log;

import io.talos.contracts.Check;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;

/**
 * What a log says of entries that another one published and that are gone: the event {@code
 * log.reopened}, which is the first entry of the log that followed, or {@code log.loss_found},
 * which somebody added who had seen more of the stopped log.
 *
 * <p>That the event is in a log at all is to be proved besides, with {@link #leaf}.
 *
 * @param event the event, whole; nothing in it is personal
 * @param origin the log that lost them, and is stopped
 * @param from the first lost entry; so many are left
 * @param to behind the last one
 * @param checkpoint what was published over {@code to} entries
 */
public record SaidLoss(JsonObject event, String origin, long from, long to, SignedNote checkpoint) {
  private static final String REOPENED = "log.reopened";
  private static final String LOSS_FOUND = "log.loss_found";

  /** Checks that something is lost, and that the checkpoint is over it. */
  public SaidLoss {
    Check.that(0 <= from && from < to, "of a loss fewer entries are left than were published");
    Checkpoint published = Checkpoint.parse(checkpoint.text());
    Check.that(
        published.origin().equals(origin) && published.size() == to,
        "a loss ends where the checkpoint does that was published");
  }

  /**
   * Reads an event that its schema has accepted.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} when it tells of no loss, or is not as
   *     it was hashed
   */
  public static SaidLoss of(JsonObject event) {
    String kind = event.getString("kind");
    boolean tells = kind.equals(REOPENED) || kind.equals(LOSS_FOUND);
    if (!tells
        || !AuditEvent.hashOf(event).hex().equals(event.getString(AuditEvent.EVENT_HASH))
        || !(event.get("meta") instanceof JsonObject meta)
        || !(meta.get("lost_origin") instanceof JsonString origin)
        || !(meta.get("lost_from") instanceof JsonNumber from)
        || !(meta.get("lost_to") instanceof JsonNumber to)
        || !(meta.get("lost_checkpoint") instanceof JsonString checkpoint)) {
      throw new TalosException(ErrorCode.PROOF_INVALID, "an event that tells of no loss");
    }
    try {
      return new SaidLoss(
          event,
          origin.getString(),
          from.longValueExact(),
          to.longValueExact(),
          SignedNote.parse(checkpoint.getString()));
    } catch (IllegalArgumentException | ArithmeticException | TalosException e) {
      throw new TalosException(ErrorCode.PROOF_INVALID, "an event that tells of no loss", e);
    }
  }

  /** Whether it is the first entry of the log that it stands in. */
  public boolean opens() {
    return event.getString("kind").equals(REOPENED);
  }

  /** Its entry, where it stands at this index. */
  public LogLeaf leaf(long logSeq) {
    return LogLeaf.of(event, logSeq);
  }

  /** Whether it is a loss of this log, by a checkpoint that one of its keys signed. */
  public boolean isOf(LogKeys log) {
    return origin.equals(log.origin()) && log.signerOf(checkpoint).isPresent();
  }

  /** For people. */
  public String text() {
    return "entries %d to %d of %s".formatted(from, to - 1, origin);
  }
}
