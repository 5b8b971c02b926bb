package io.talos.gateway.chain;

import io.talos.contracts.Check;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.capability.SourceNetwork;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folds refusals, so that nobody can make us write as fast as they can be refused: at most one
 * event per caller and code a second, which says how many others it stands for.
 *
 * <p>Thread safe. Holds at most {@value #CALLERS_MAX} windows; beyond that, refusals of new callers
 * share one window per code.
 */
final class RefusalFold {
  /** Most windows held at once. */
  static final int CALLERS_MAX = 10_000;

  /** How long one event stands for all of its kind. */
  static final Duration WINDOW = Duration.ofSeconds(1);

  private static final Caller EVERYBODY_ELSE = new Caller(Principal.anonymous(), "many");

  private final Map<Key, Window> windows = new HashMap<>();

  /**
   * Who was refused.
   *
   * @param principal who it is, or {@link Principal#anonymous()}
   * @param address where somebody unknown comes from, the /64 of an IPv6 address; empty when the
   *     principal is known
   */
  record Caller(Principal principal, String address) {
    static Caller of(RequestContext context) {
      boolean stranger = context.principal().kind() == PrincipalKind.ANONYMOUS;
      return new Caller(
          context.principal(), stranger ? SourceNetwork.ofCaller(context.clientAddress()) : "");
    }
  }

  /** One caller's refusals with one code. */
  record Key(Caller caller, ErrorCode code) {}

  /**
   * Refusals that no event has told yet.
   *
   * @param count at least one
   */
  record Untold(Key key, int count) {
    Untold {
      Check.that(count > 0, "something is untold");
    }
  }

  private static final class Window {
    private Instant start;
    private int untold;

    Window(Instant start) {
      this.start = start;
    }
  }

  /**
   * Counts a refusal.
   *
   * @return how many untold refusals an event written now tells beside this one; empty when no
   *     event is to be written now
   */
  synchronized Optional<Integer> count(Caller caller, ErrorCode code, Instant now) {
    Key key = new Key(caller, code);
    if (!windows.containsKey(key) && windows.size() >= CALLERS_MAX) {
      key = new Key(EVERYBODY_ELSE, code);
    }
    Window window = windows.get(key);
    if (window == null) {
      windows.put(key, new Window(now));
      return Optional.of(0);
    }
    if (now.isBefore(window.start.plus(WINDOW))) {
      window.untold++;
      return Optional.empty();
    }
    int untold = window.untold;
    window.start = now;
    window.untold = 0;
    return Optional.of(untold);
  }

  /** Takes out every window that is over and says which refusals are still untold. */
  synchronized List<Untold> drain(Instant now) {
    List<Untold> untold = new ArrayList<>();
    Iterator<Map.Entry<Key, Window>> entries = windows.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Key, Window> entry = entries.next();
      Window window = entry.getValue();
      if (now.isBefore(window.start.plus(WINDOW))) {
        continue;
      }
      if (window.untold > 0) {
        untold.add(new Untold(entry.getKey(), window.untold));
      }
      entries.remove();
    }
    return untold;
  }
}
