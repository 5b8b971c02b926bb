package io.talos.identity.didweb;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Mallory asks for documents, to make Talos ask a server for her, or to be told an old truth. */
class HostileOrganisationTest {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Did ACME = Did.parse("did:web:acme.example");

  private final Map<String, FetchedDidWebDocuments.Page> pages = new HashMap<>();
  private final List<URI> asked = java.util.Collections.synchronizedList(new ArrayList<>());
  private final Set<String> hosts = new HashSet<>(Set.of("acme.example"));
  private int callers;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final FetchedDidWebDocuments documents =
      new FetchedDidWebDocuments(this::domainOf, this::get, LIFE, () -> now);

  @Test
  void a_document_is_fetched_once_and_again_when_its_life_is_over() {
    publish(200, "{\"id\": \"did:web:acme.example\"}");

    assertThat(code(ACME)).isEqualTo("found");
    now = now.plus(LIFE).minusMillis(1);
    assertThat(code(ACME)).isEqualTo("found");
    assertThat(asked).hasSize(1);

    now = now.plusMillis(1); // at its end it is forgotten
    assertThat(code(ACME)).isEqualTo("found");
    assertThat(asked).hasSize(2);
  }

  @Test
  void what_is_not_there_is_remembered_for_a_shorter_time() {
    publish(404, "");

    assertThat(code(ACME)).isEqualTo("DID_NOT_FOUND");
    assertThat(code(ACME)).isEqualTo("DID_NOT_FOUND");
    assertThat(asked).hasSize(1);

    publish(200, "{\"id\": \"did:web:acme.example\"}");
    now = now.plus(Limits.NEGATIVE_LIFE);
    assertThat(code(ACME)).isEqualTo("found");
  }

  @Test
  void a_host_that_is_not_asked_is_not_asked_not_even_from_memory() {
    publish(200, "{\"id\": \"did:web:acme.example\"}");
    assertThat(code(ACME)).isEqualTo("found");

    hosts.clear();

    assertThat(code(ACME)).isEqualTo("DID_NOT_FOUND");
    assertThat(code(Did.parse("did:web:mallory.example"))).isEqualTo("DID_NOT_FOUND");
    assertThat(asked).hasSize(1);
  }

  @Test
  void a_redirect_a_failure_and_a_document_of_another_are_no_documents() {
    publish(302, "{\"id\": \"did:web:acme.example\"}");
    assertThat(code(ACME)).isEqualTo("UPSTREAM_UNAVAILABLE");

    publish(500, "");
    now = now.plus(Limits.NEGATIVE_LIFE);
    assertThat(code(ACME)).isEqualTo("UPSTREAM_UNAVAILABLE");

    publish(200, "{\"id\": \"did:web:mallory.example\"}");
    now = now.plus(Limits.NEGATIVE_LIFE);
    assertThat(code(ACME)).isEqualTo("DID_DOCUMENT_INVALID");

    pages.clear(); // the guard refuses
    now = now.plus(Limits.NEGATIVE_LIFE);
    assertThat(code(ACME)).isEqualTo("UPSTREAM_ADDRESS_FORBIDDEN");
  }

  @Test
  void a_key_is_asked_of_nobody() {
    Did alice = Did.parse("did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw");

    assertThat(code(alice)).isEqualTo("DID_METHOD_UNSUPPORTED");
    assertThat(code(Did.parse("did:web:127.0.0.1"))).isEqualTo("DID_INVALID");
    assertThat(asked).isEmpty();
  }

  @Test
  void one_host_is_asked_a_bounded_number_of_times_whatever_paths_mallory_invents() {
    publish(404, "");
    for (int i = 0; i < Limits.DOMAIN_FETCHES_MAX; i++) {
      assertThat(code(Did.parse("did:web:acme.example:p" + i))).isNotEqualTo("RATE_LIMITED");
    }

    assertThat(code(Did.parse("did:web:acme.example:more"))).isEqualTo("RATE_LIMITED");
    assertThat(asked).hasSize(Limits.DOMAIN_FETCHES_MAX);

    now = now.plus(Limits.WINDOW);
    assertThat(code(Did.parse("did:web:acme.example:more"))).isNotEqualTo("RATE_LIMITED");
  }

  @Test
  void many_who_ask_for_one_document_at_once_make_one_fetch_and_others_wait_for_nothing()
      throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger fetches = new AtomicInteger();
    FetchedDidWebDocuments slow =
        new FetchedDidWebDocuments(
            Optional::of,
            url -> {
              fetches.incrementAndGet();
              awaited(answer);
              return new FetchedDidWebDocuments.Page(404, Bytes.empty());
            },
            LIFE,
            () -> now);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<DidWebDocuments.Answer>> same = new ArrayList<>();
      for (int i = 0; i < Limits.WAITING_MAX; i++) {
        same.add(threads.submit(() -> slow.find(ACME, "192.0.2.1")));
      }
      answer.countDown();
      for (Future<DidWebDocuments.Answer> each : same) {
        each.get(20, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void one_stranger_who_invents_paths_does_not_use_up_what_the_organisation_is_asked_for_others() {
    for (int i = 0; i < 10 * Limits.DOMAIN_FETCHES_MAX; i++) {
      String code = code(Did.parse("did:web:acme.example:p" + i), "2001:db8::" + (i % 100));
      assertThat(code.equals("RATE_LIMITED")).isEqualTo(i >= Limits.CALLER_FETCHES_MAX);
    }
    assertThat(asked).hasSize(Limits.CALLER_FETCHES_MAX);

    publish(200, "{\"id\": \"did:web:acme.example\"}");
    assertThat(code(ACME)).isEqualTo("found");
    now = now.plus(Limits.WINDOW);
    assertThat(code(Did.parse("did:web:acme.example:more"), "2001:db8::1"))
        .isNotEqualTo("RATE_LIMITED");
  }

  @Test
  void dids_that_mallory_invents_do_not_push_out_the_documents_that_are_there() {
    hosts.add("mallory.example");
    publish(200, "{\"id\": \"did:web:acme.example\"}");
    assertThat(code(ACME)).isEqualTo("found");

    for (int i = 0; i <= Limits.REMEMBERED_MAX; i++) {
      if (i % Limits.DOMAIN_FETCHES_MAX == 0) {
        hosts.add("m" + i + ".test");
      }
      int domain = i - i % Limits.DOMAIN_FETCHES_MAX;
      assertThat(code(Did.parse("did:web:m" + domain + ".test:p" + i)))
          .isEqualTo("UPSTREAM_ADDRESS_FORBIDDEN");
    }
    int before = asked.size();

    assertThat(code(ACME)).isEqualTo("found");
    assertThat(asked).hasSize(before);
  }

  @Test
  void names_below_a_domain_that_mallory_invents_share_its_budget() {
    for (int i = 0; i < Limits.DOMAIN_FETCHES_MAX; i++) {
      assertThat(code(Did.parse("did:web:h" + i + ".acme.example"))).isNotEqualTo("RATE_LIMITED");
    }

    assertThat(code(Did.parse("did:web:more.acme.example"))).isEqualTo("RATE_LIMITED");
    assertThat(code(ACME)).isEqualTo("RATE_LIMITED");
    assertThat(asked).hasSize(Limits.DOMAIN_FETCHES_MAX);
  }

  @Test
  void a_slow_server_does_not_hold_everybody_who_asks_about_it() throws Exception {
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    FetchedDidWebDocuments slow =
        new FetchedDidWebDocuments(
            Optional::of,
            url -> {
              asking.countDown();
              awaited(answer);
              return new FetchedDidWebDocuments.Page(404, Bytes.empty());
            },
            LIFE,
            () -> now);
    ExecutorService threads = Executors.newCachedThreadPool();
    // Threads that look at the queue in the same instant may join it together.
    CountDownLatch turnedAway = new CountDownLatch(4 * Limits.WAITING_MAX);
    try {
      threads.execute(() -> slow.find(ACME, "192.0.2.1"));
      awaited(asking);
      for (int i = 0; i < 8 * Limits.WAITING_MAX; i++) {
        threads.execute(
            () -> {
              slow.find(ACME, "192.0.2.1");
              turnedAway.countDown();
            });
      }
      assertThat(turnedAway.await(Limits.FETCH_MAX.toMillis() - 1000, TimeUnit.MILLISECONDS))
          .isTrue();
    } finally {
      answer.countDown();
      threads.shutdownNow();
    }
  }

  @Test
  void memory_is_bounded_whatever_mallory_asks_for() {
    Remembered<Integer, String> remembered = new Remembered<>(3);
    for (int i = 0; i < 10; i++) {
      remembered.put(i, "x", now.plusSeconds(1));
    }

    assertThat(remembered.size()).isEqualTo(3);
    assertThat(remembered.find(9, now)).contains("x");
    assertThat(remembered.find(0, now)).isEmpty();
  }

  private Optional<String> domainOf(String host) {
    return hosts.stream().filter(d -> host.equals(d) || host.endsWith("." + d)).findFirst();
  }

  private void publish(int status, String body) {
    pages.put(
        "https://acme.example/.well-known/did.json",
        new FetchedDidWebDocuments.Page(status, Bytes.utf8(body)));
  }

  private FetchedDidWebDocuments.Page get(URI url) {
    asked.add(url);
    FetchedDidWebDocuments.Page page = pages.get(url.toString());
    if (page == null) {
      throw new TalosException(ErrorCode.UPSTREAM_ADDRESS_FORBIDDEN, "a private address");
    }
    return page;
  }

  /** Everybody who asks is somebody else. */
  private String code(Did did) {
    return code(did, "caller-" + callers++);
  }

  private String code(Did did, String caller) {
    return documents.find(did, caller).match(found -> "found", missing -> missing.code().name());
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
