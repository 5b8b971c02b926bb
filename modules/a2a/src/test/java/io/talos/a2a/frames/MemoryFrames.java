package io.talos.a2a.frames;

import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Frames in memory, for one thread. */
public final class MemoryFrames implements Frames {
  private final Map<List<Object>, Lane> lanes = new HashMap<>();

  /** Every frame that was kept. */
  public final List<StoredFrame> frames = new ArrayList<>();

  @Override
  public void open(Lane lane) {
    lanes.put(List.of(lane.sessionId(), lane.senderId()), lane);
  }

  @Override
  public Lane lane(UuidV7 session, String sender) {
    return Objects.requireNonNull(lanes.get(List.of(session, sender)));
  }

  @Override
  public boolean add(StoredFrame frame) {
    boolean used =
        frames.stream()
            .anyMatch(
                kept ->
                    kept.content().sessionId().equals(frame.content().sessionId())
                        && kept.content().senderId().equals(frame.content().senderId())
                        && kept.content().senderSeq() == frame.content().senderSeq());
    return !used && frames.add(frame);
  }

  @Override
  public void advance(Lane lane) {
    open(lane);
  }

  @Override
  public List<StoredFrame> after(
      UuidV7 session, String recipient, long position, int limit, long bytesMax, Instant now) {
    List<StoredFrame> page = new ArrayList<>();
    long bytes = 0;
    for (StoredFrame frame :
        frames.stream().sorted(Comparator.comparingLong(StoredFrame::position)).toList()) {
      boolean theirs =
          frame.content().sessionId().equals(session)
              && frame.recipientId().equals(recipient)
              && frame.position() > position
              && frame.content().expiresAt().isAfter(now);
      if (theirs && page.size() < limit && bytes < bytesMax) {
        page.add(frame);
        bytes += frame.content().ciphertext().size();
      }
    }
    return page;
  }
}
