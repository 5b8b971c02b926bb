package io.talos.audit.anchors;

import io.talos.runtime.http.GuardedHttp;

/** The way to other servers. */
@FunctionalInterface
public interface Web {
  /** Asks; refuses as {@link GuardedHttp} does. */
  GuardedHttp.Answer send(GuardedHttp.Ask ask);
}
