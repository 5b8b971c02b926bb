package io.talos.identity.didweb;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.SourceNetwork;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.DidWebUrl;
import io.talos.contracts.did.WebDidDocument;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Fetches documents and remembers them for a short time, the failures too. Thread safe.
 *
 * <p>One DID is fetched by one thread at a time; the others wait for its answer. How many fetches
 * run at once, and how many one organisation and one caller get in a minute, is bounded, so that
 * nobody makes Talos a tool against an organisation's server, or uses up what it is asked for all.
 *
 * <p>Source: the did:web method, "Read (Resolve)".
 */
public final class FetchedDidWebDocuments implements DidWebDocuments {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final int STRIPES = 64;

  private final Hosts hosts;
  private final Fetch fetch;
  private final InstantSource clock;
  private final Duration life;
  private final Remembered<Did, Answer> found = new Remembered<>(Limits.REMEMBERED_MAX);

  /** Apart, so that whoever invents DIDs does not push out the documents that are there. */
  private final Remembered<Did, Answer> missing = new Remembered<>(Limits.REMEMBERED_MAX);

  private final FetchBudget ofDomain = new FetchBudget(Limits.DOMAIN_FETCHES_MAX);
  private final FetchBudget ofCaller = new FetchBudget(Limits.CALLER_FETCHES_MAX);
  private final Semaphore slots = new Semaphore(Limits.FETCHES_AT_ONCE);
  private final ReentrantLock[] stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

  /** Knows whom Talos asks. */
  @FunctionalInterface
  public interface Hosts {
    /**
     * The domain that vouches for {@code host}; empty when nobody does. All hosts of one domain
     * share one budget: whoever asks may invent names below it.
     */
    Optional<String> domainOf(String host);
  }

  /** Asks one address. */
  @FunctionalInterface
  public interface Fetch {
    /** What lies at {@code url}; throws {@link TalosException} with an {@code UPSTREAM_…} code. */
    Page get(URI url);
  }

  /** What lay at an address. */
  public record Page(int status, Bytes body) {}

  /**
   * Documents of {@code hosts}.
   *
   * @param hosts whom Talos asks at all; asked again for every fetch
   * @param life how long a document that was found is remembered
   */
  public FetchedDidWebDocuments(Hosts hosts, Fetch fetch, Duration life, InstantSource clock) {
    this.hosts = hosts;
    this.fetch = fetch;
    this.life = life;
    this.clock = clock;
  }

  @Override
  public Answer find(Did did, String clientAddress) {
    DidWebUrl url;
    try {
      url = DidWebUrl.of(did);
    } catch (TalosException e) {
      return new Unavailable(e.code(), "no address");
    }
    // Whose organisation is gone is not answered from memory either.
    Optional<String> domain = hosts.domainOf(url.host());
    if (domain.isEmpty()) {
      return new Unavailable(ErrorCode.DID_NOT_FOUND, "not a host that is asked");
    }
    Instant now = clock.instant();
    return remembered(did, now)
        .orElseGet(
            () ->
                alone(
                    new Wanted(did, url, domain.get(), SourceNetwork.ofCaller(clientAddress)),
                    now));
  }

  /** A document that is not remembered, who vouches for its host, and who asks. */
  private record Wanted(Did did, DidWebUrl url, String domain, String caller) {}

  private Optional<Answer> remembered(Did did, Instant now) {
    return found.find(did, now).or(() -> missing.find(did, now));
  }

  private Answer alone(Wanted wanted, Instant now) {
    ReentrantLock stripe = stripes[Math.floorMod(wanted.did().hashCode(), STRIPES)];
    // A slow server must not hold one of our threads for everybody who asks about it.
    if (stripe.getQueueLength() >= Limits.WAITING_MAX || !locked(stripe)) {
      return busy("the same document is being fetched");
    }
    try {
      Optional<Answer> meanwhile = remembered(wanted.did(), now);
      return meanwhile.isPresent() ? meanwhile.get() : within(wanted, now);
    } finally {
      stripe.unlock();
    }
  }

  private Answer within(Wanted wanted, Instant now) {
    if (!slots.tryAcquire()) {
      return busy("too many documents at once");
    }
    try {
      // The caller first: what it may not have is not taken from the organisation.
      if (!ofCaller.spend(wanted.caller(), now)) {
        return busy("the caller asked for too many documents");
      }
      if (!ofDomain.spend(wanted.domain(), now)) {
        return busy("the organisation was asked too often");
      }
      return kept(wanted.did(), fetched(wanted.did(), wanted.url()), now);
    } finally {
      slots.release();
    }
  }

  private Answer kept(Did did, Answer answer, Instant now) {
    if (answer instanceof Found) {
      found.put(did, answer, now.plus(life));
    } else {
      missing.put(did, answer, now.plus(Limits.NEGATIVE_LIFE));
    }
    return answer;
  }

  private Answer fetched(Did did, DidWebUrl url) {
    try {
      Page page = fetch.get(url.url());
      if (page.status() == OK) {
        return new Found(WebDidDocument.read(did, page.body()));
      }
      return page.status() == NOT_FOUND || page.status() == GONE
          ? new Unavailable(ErrorCode.DID_NOT_FOUND, "nothing at the DID's address")
          : new Unavailable(ErrorCode.UPSTREAM_UNAVAILABLE, "status " + page.status());
    } catch (TalosException e) {
      return new Unavailable(e.code(), String.valueOf(e.getMessage()));
    }
  }

  private static Unavailable busy(String why) {
    return new Unavailable(ErrorCode.RATE_LIMITED, why);
  }

  private static boolean locked(ReentrantLock stripe) {
    try {
      return stripe.tryLock(Limits.FETCH_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
