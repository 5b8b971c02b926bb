package bad.talos.identity;

import jakarta.enterprise.event.Event;

/** An operation that tells behind the transaction's back. */
class FiresAsync {
  java.util.concurrent.CompletionStage<String> fire(Event<String> event) {
    return event.fireAsync("revoked");
  }
}
