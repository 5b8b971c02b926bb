package io.talos.bench.http;

import io.talos.client.AgentClient;
import io.talos.client.Identity;
import io.talos.client.TalosClient;
import io.talos.contracts.Bytes;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.channel.RatchetMessage;
import io.talos.contracts.channel.Suite;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * How fast frames are taken and handed out, with one session open and with {@value #SESSIONS}.
 *
 * <p>The server cannot read frames, so these hold random bytes where a ratchet's would be; they are
 * signed, numbered and checked like any others.
 */
public final class FrameLoads {
  /** How each load runs, for the page. */
  public static final String PHASES =
      "320 frames to warm up; then 320 frames on 8 connections and 60 on 1, and 40 pages of 100"
          + " frames on 8 and on 1, with one session open; then the same with 10,000";

  /** Sessions that are open in the second half. */
  static final int SESSIONS = 10_000;

  /** One page of an inbox, frames that one answer delivers. */
  static final int PAGE = 100;

  private static final int AGENTS = 110;
  private static final int OPENERS = 4;
  private static final int CONNECTIONS = 8;
  private static final int TOGETHER = 320;
  private static final int ALONE = 60;
  private static final int PAGES = 40;
  private static final int MESSAGE_BYTES = 1024;
  private static final int HEADER_BYTES = 41;
  private static final int OPENING_BYTES = 256;
  private static final Duration LIFETIME = Duration.ofMinutes(30);

  private final URI base;
  private final TalosClient talos;
  private final HttpLoad load;
  private final Consumer<String> progress;
  private final Randomness randomness = Randomness.secure();
  private final Map<UuidV7, Long> sent = new HashMap<>();

  FrameLoads(URI base, HttpLoad load, Consumer<String> progress) {
    this.base = base;
    this.talos = new TalosClient(base);
    this.load = load;
    this.progress = progress;
  }

  /** An active session, as its initiator sends in it. */
  private record Open(Identity sender, Identity recipient, UuidV7 id) {}

  private record Of(String name, int principals, IntFunction<WireRequest> requests)
      implements Workload {
    @Override
    public WireRequest next(int principal) {
      return requests.apply(principal);
    }
  }

  /** Everything, the few sessions first. */
  List<LoadResult> run() {
    List<LoadResult> results = new ArrayList<>();
    progress.accept("Frames, one session open …");
    Identity[] two = {agent(), agent()};
    load.run(sending("warm-up", List.of(open(two[0], two[1]))), CONNECTIONS, TOGETHER);
    measure("1 session open", List.of(open(agent(), agent())), results);
    progress.accept("Opening " + SESSIONS + " sessions …");
    List<Open> many = openMany();
    measure("10,000 sessions open", many, results);
    return results;
  }

  private void measure(String when, List<Open> sessions, List<LoadResult> results) {
    String sent = "frame of 1 KiB taken, " + when;
    results.add(load.run(sending(sent, sessions), CONNECTIONS, TOGETHER));
    results.add(load.run(sending(sent, sessions), 1, ALONE));
    String delivered = "page of " + PAGE + " frames of 1 KiB delivered, " + when;
    Identity reader = sessions.get(0).recipient();
    fill(sessions.get(0));
    results.add(load.run(fetching(delivered, reader), CONNECTIONS, PAGES));
    results.add(load.run(fetching(delivered, reader), 1, PAGES));
  }

  /** Connections take the sessions in turn; with fewer sessions than connections they share. */
  private Workload sending(String name, List<Open> sessions) {
    return new Of(
        name,
        Math.max(CONNECTIONS, sessions.size()),
        i -> frame(sessions.get(i % sessions.size())));
  }

  private WireRequest frame(Open session) {
    long sequence = sent.merge(session.id(), 1L, Long::sum) - 1;
    Instant now = Clock.systemUTC().instant();
    RatchetMessage message =
        new RatchetMessage(randomness.bytes(HEADER_BYTES), randomness.bytes(MESSAGE_BYTES));
    Frame frame =
        Frame.sign(
            session.sender().signing(), session.id(), sequence, message, now, now.plus(LIFETIME));
    JsonObject body = Json.createObjectBuilder().add("frame", frame.toJson()).build();
    return new Signing(base, session.sender())
        .request("POST", "/a2a/sessions/" + session.id() + "/frames", Bytes.utf8(body.toString()));
  }

  private void fill(Open session) {
    load.run(sending("filling the inbox", List.of(session)), 1, PAGE);
  }

  private Workload fetching(String name, Identity reader) {
    Signing signing = new Signing(base, reader);
    return new Of(
        name, CONNECTIONS, i -> signing.request("GET", "/a2a/frames?limit=" + PAGE, Bytes.empty()));
  }

  private Identity agent() {
    Identity identity = Identity.generate(randomness);
    talos.agent(identity).register(Optional.empty()).orThrow();
    return identity;
  }

  /** Each of some agents opens a session with the next ones, so that no limit is met. */
  private List<Open> openMany() {
    List<Identity> agents = new ArrayList<>();
    for (int i = 0; i < AGENTS; i++) {
      agents.add(agent());
    }
    ExecutorService threads = Executors.newFixedThreadPool(OPENERS);
    try {
      List<Future<Open>> opening = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        Identity from = agents.get(i % AGENTS);
        Identity to = agents.get((i + 1 + i / AGENTS) % AGENTS);
        opening.add(threads.submit(() -> open(from, to)));
      }
      List<Open> open = new ArrayList<>();
      for (Future<Open> one : opening) {
        open.add(one.get());
      }
      return open;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the load was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a session was not opened", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Open open(Identity from, Identity to) {
    JsonObject body =
        Json.createObjectBuilder()
            .add("responder_id", to.did())
            .add("suite", Suite.TALOS_PQXDH_2.wireName())
            .add("initial_message", Base64Url.encode(randomness.bytes(OPENING_BYTES)))
            .build();
    String id = post(from, "/a2a/sessions", body).getString("session_id");
    post(to, "/a2a/sessions/" + id + "/accept", JsonObject.EMPTY_JSON_OBJECT);
    return new Open(from, to, new UuidV7(id));
  }

  private JsonObject post(Identity agent, String path, JsonObject body) {
    AgentClient client = talos.agent(agent);
    return talos
        .send(client.prepare("POST", path, Optional.empty(), Bytes.utf8(body.toString())))
        .orThrow()
        .json();
  }
}
