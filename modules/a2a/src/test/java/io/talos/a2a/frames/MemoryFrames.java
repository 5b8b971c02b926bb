package io.talos.a2a.frames;

import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Frames and inboxes in memory, for one thread. */
public final class MemoryFrames implements Frames, Inboxes {
  private final Map<List<Object>, Lane> lanes = new HashMap<>();
  private final Map<String, Long> places = new HashMap<>();
  private final Map<String, Long> acknowledged = new HashMap<>();
  private final Map<StoredFrame, Instant> read = new HashMap<>();
  private final Set<List<Object>> used = new HashSet<>();

  /** Every frame that was kept and has not ended. */
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
  public Standing standing(UuidV7 session, String sender, long senderSeq) {
    return new Standing(
        lane(session, sender).highestSeq(), used.contains(List.of(session, sender, senderSeq)));
  }

  @Override
  public Optional<StoredFrame> add(UnverifiedFrame frame, InboxQuota quota, Instant acceptedAt) {
    Lane lane = lane(frame.sessionId(), frame.senderId());
    List<StoredFrame> unread = unread(lane.recipientId());
    long bytes = unread.stream().mapToLong(MemoryFrames::size).sum();
    if (unread.size() >= quota.framesMax()
        || bytes + frame.ciphertext().size() > quota.bytesMax()) {
      return Optional.empty();
    }
    StoredFrame stored =
        new StoredFrame(
            frame,
            lane.recipientId(),
            lane.position() + 1,
            places.merge(lane.recipientId(), 1L, Long::sum),
            acceptedAt);
    open(
        new Lane(
            lane.sessionId(),
            lane.senderId(),
            lane.recipientId(),
            Math.max(lane.highestSeq(), frame.senderSeq()),
            stored.position()));
    used.add(List.of(frame.sessionId(), frame.senderId(), frame.senderSeq()));
    frames.add(stored);
    return Optional.of(stored);
  }

  private static long size(StoredFrame frame) {
    return frame.content().ciphertext().size();
  }

  private List<StoredFrame> unread(String agent) {
    return frames.stream()
        .filter(frame -> frame.recipientId().equals(agent) && !read.containsKey(frame))
        .toList();
  }

  @Override
  public List<StoredFrame> after(
      UuidV7 session, String recipient, long position, int limit, long bytesMax, Instant now) {
    return page(
        frame ->
            frame.content().sessionId().equals(session)
                && frame.recipientId().equals(recipient)
                && frame.position() > position
                && frame.content().expiresAt().isAfter(now),
        StoredFrame::position,
        limit,
        bytesMax);
  }

  private List<StoredFrame> page(
      Predicate<StoredFrame> wanted, ToLongFunction<StoredFrame> order, int limit, long bytesMax) {
    List<StoredFrame> page = new ArrayList<>();
    long bytes = 0;
    for (StoredFrame frame :
        frames.stream().filter(wanted).sorted(Comparator.comparingLong(order)).toList()) {
      if (page.size() < limit && bytes < bytesMax) {
        page.add(frame);
        bytes += size(frame);
      }
    }
    return page;
  }

  @Override
  public void open(String agent) {
    places.putIfAbsent(agent, 0L);
  }

  @Override
  public long acknowledged(String agent) {
    return acknowledged.getOrDefault(agent, 0L);
  }

  @Override
  public List<StoredFrame> after(
      String agent, long position, int limit, long bytesMax, Instant now) {
    return page(
        frame ->
            frame.recipientId().equals(agent)
                && frame.inboxPosition() > position
                && frame.content().expiresAt().isAfter(now),
        StoredFrame::inboxPosition,
        limit,
        bytesMax);
  }

  @Override
  public void acknowledge(String agent, long position, Instant now) {
    acknowledged.merge(agent, position, Math::max);
    unread(agent).stream()
        .filter(frame -> frame.inboxPosition() <= position)
        .forEach(frame -> read.put(frame, now));
  }

  private boolean isOver(StoredFrame frame, Instant now, Instant readBefore) {
    Instant readAt = read.get(frame);
    return !now.isBefore(frame.content().expiresAt())
        || (readAt != null && !readAt.isAfter(readBefore));
  }

  @Override
  public List<String> withFramesOver(Instant now, Instant readBefore, int most) {
    return frames.stream()
        .filter(frame -> isOver(frame, now, readBefore))
        .map(StoredFrame::recipientId)
        .distinct()
        .limit(most)
        .toList();
  }

  @Override
  public int end(String agent, Instant now, Instant readBefore, int most) {
    List<StoredFrame> over =
        frames.stream()
            .filter(frame -> frame.recipientId().equals(agent) && isOver(frame, now, readBefore))
            .limit(most)
            .toList();
    frames.removeAll(over);
    used.removeIf(
        number ->
            (Long) number.get(2)
                < lane((UuidV7) number.get(0), (String) number.get(1)).highestSeq()
                    - io.talos.contracts.channel.Limits.SEQUENCE_WINDOW);
    return over.size();
  }
}
