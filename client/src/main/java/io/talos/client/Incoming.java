package io.talos.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Messages one after the other, each acknowledged when the next is asked for. */
final class Incoming implements Iterator<Message> {
  private final Conversation conversation;
  private final Duration patience;
  private Optional<Message> dealtWith = Optional.empty();
  private Optional<Message> next = Optional.empty();

  Incoming(Conversation conversation, Duration patience) {
    this.conversation = conversation;
    this.patience = patience;
  }

  @Override
  public boolean hasNext() {
    dealtWith.ifPresent(conversation::acknowledge);
    dealtWith = Optional.empty();
    if (next.isEmpty()) {
      next = conversation.receive(patience);
    }
    return next.isPresent();
  }

  @Override
  public Message next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no message came in time");
    }
    dealtWith = next;
    next = Optional.empty();
    return dealtWith.orElseThrow();
  }
}
