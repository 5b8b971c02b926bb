package io.talos.client;

import io.talos.client.http.Answer;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.revocation.RevocationFeed;

/** Follows a server's revocations; what it says is believed only as far as its issuer signed it. */
public final class RevocationReader {
  private static final String FEED = "/policy/revocations/feed";

  private final Calls calls;

  RevocationReader(Calls calls) {
    this.calls = calls;
  }

  /**
   * Brings {@code feed} to the server's newest head, and reads only what is new.
   *
   * @return how many revocations are known then
   */
  public Reply<Long> follow(RevocationFeed feed) {
    return calls
        .getRaw(FEED, "application/json")
        .map(
            head -> {
              feed.follow(head.body(), this::page);
              return feed.epoch();
            });
  }

  private Bytes page(long number) {
    Reply<Answer> reply = calls.getRaw(FEED + "/" + number, "application/octet-stream");
    if (reply instanceof Reply.Granted<Answer> granted) {
      return granted.value().body();
    }
    throw new TalosException(ErrorCode.REVOCATION_FEED_INVALID, "page " + number + " is missing");
  }
}
