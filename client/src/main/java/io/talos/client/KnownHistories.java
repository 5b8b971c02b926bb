package io.talos.client;

import io.talos.client.groups.MemberKeys;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Key histories from a server, each verified from its DID on, and each a continuation of what the
 * server showed before. Thread safe.
 */
final class KnownHistories implements MemberKeys {
  private final Calls calls;
  private final Map<Did, KeyHistory> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Did, KeyHistory> eldest) {
          return size() > Limits.KNOWN_HISTORIES_MAX;
        }
      };

  KnownHistories(Calls calls) {
    this.calls = calls;
  }

  @Override
  public KeyHistory of(Did did) {
    KeyHistory shown =
        calls.get(Calls.historyPath(did)).map(body -> Calls.history(did, body)).orThrow();
    synchronized (known) {
      KeyHistory before = known.get(did);
      if (before != null && !shown.continues(before)) {
        throw new TalosException(
            ErrorCode.KEY_HISTORY_CONFLICT, "the server shows another history than before");
      }
      known.put(did, shown);
    }
    return shown;
  }
}
