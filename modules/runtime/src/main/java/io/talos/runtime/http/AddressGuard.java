package io.talos.runtime.http;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.net.InetAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Turns a name into addresses that may be connected to, all of them or none. Thread safe.
 *
 * <p>A name with one forbidden address is refused whole: whoever mixes a public and a private
 * address hopes that we check the one and use the other. Who connects must use the addresses that
 * this gives and not resolve the name again, or it may mean something else by then.
 *
 * <p>Refuses with: {@link ErrorCode#UPSTREAM_ADDRESS_FORBIDDEN}; {@link
 * ErrorCode#UPSTREAM_UNAVAILABLE} when the name does not resolve; {@link
 * ErrorCode#UPSTREAM_TIMEOUT} when that takes longer than {@link Limits#NAME_MAX}.
 */
public final class AddressGuard implements AutoCloseable {
  private static final int IDLE_SECONDS = 10;

  private final Reach reach;
  private final NameLookup names;
  private final ExecutorService lookups =
      new ThreadPoolExecutor(
          0,
          Limits.NAMES_AT_ONCE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Daemons.named("talos-names"));

  /** A guard for {@code reach}. */
  public AddressGuard(Reach reach, NameLookup names) {
    this.reach = reach;
    this.names = names;
  }

  /** A guard that asks this machine's resolver. */
  public static AddressGuard of(Reach reach) {
    return new AddressGuard(reach, InetAddress::getAllByName);
  }

  /** The addresses of {@code host}, each of which may be connected to. */
  public InetAddress[] resolve(String host) {
    InetAddress[] addresses = lookUp(host);
    if (addresses.length == 0 || addresses.length > Limits.ADDRESSES_MAX) {
      throw new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "no or too many addresses");
    }
    for (InetAddress address : addresses) {
      if (!reach.allows(address)) {
        throw new TalosException(ErrorCode.UPSTREAM_ADDRESS_FORBIDDEN, "a forbidden address");
      }
    }
    return addresses;
  }

  private InetAddress[] lookUp(String host) {
    Future<InetAddress[]> coming;
    try {
      coming = lookups.submit(() -> names.find(host));
    } catch (RejectedExecutionException e) {
      throw new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "too many names at once", e);
    }
    try {
      return coming.get(Limits.NAME_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      coming.cancel(true);
      throw new TalosException(ErrorCode.UPSTREAM_TIMEOUT, "the name takes too long", e);
    } catch (ExecutionException e) {
      throw new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "the host does not resolve", e);
    } catch (InterruptedException e) {
      coming.cancel(true);
      Thread.currentThread().interrupt();
      throw new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "interrupted", e);
    }
  }

  @Override
  public void close() {
    lookups.shutdownNow();
  }
}
