package io.talos.client;

import com.sun.net.httpserver.HttpExchange;
import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that carries frames as Talos does, on a real socket and in memory, and that Mallory can
 * make do what a real one would not: change what it delivers, and keep its answers to itself.
 */
public final class DeliveryServer implements AutoCloseable {
  private static final Pattern CALLER = Pattern.compile("keyid=\"(did:key:[^\"#]+)");
  private static final Limits JSON = new Limits(4 << 20, 16, 100_000);
  private static final long WAIT_MILLIS_MAX = 1000;

  private final ScriptedServer http;
  private final UuidV7Generator ids = new UuidV7Generator(Randomness.secure());
  private final Map<String, Identity> agents = new HashMap<>();
  private final Map<String, JsonObject> prekeys = new HashMap<>();
  private final Map<String, List<JsonObject>> oneTime = new HashMap<>();
  private final Map<String, JsonObject> lastResort = new HashMap<>();
  private final Map<String, List<JsonObject>> oneTimeKem = new HashMap<>();
  private final Map<String, JsonObject> sessions = new LinkedHashMap<>();
  private final Map<String, List<JsonObject>> inboxes = new HashMap<>();
  private final List<JsonObject> submitted = new ArrayList<>();

  /** What the server makes of a page before it hands it out. */
  volatile UnaryOperator<List<JsonObject>> delivery = frames -> frames;

  /** Requests, as "METHOD path", that are carried out and not answered. */
  volatile Predicate<String> silentAfter = request -> false;

  /** Told of every request before it is carried out. */
  volatile Runnable before = () -> {};

  /** Told of every request after it was carried out, before it is answered. */
  volatile Runnable after = () -> {};

  /** An empty one. */
  public DeliveryServer() {
    http = new ScriptedServer(this::handle);
  }

  private record Reply(int status, JsonObject body) {}

  /** Where it listens. */
  public URI uri() {
    return http.uri();
  }

  /** Makes an agent known. */
  public synchronized void register(Identity agent) {
    agents.put(agent.did(), agent);
  }

  /** Every frame that was ever brought, retries and refused ones too. */
  synchronized List<JsonObject> submitted() {
    return List.copyOf(submitted);
  }

  /** Everything that was brought for an agent. */
  public synchronized List<JsonObject> inbox(String did) {
    return List.copyOf(inboxes.getOrDefault(did, List.of()));
  }

  synchronized void deliver(String did, JsonObject frame) {
    inboxes.computeIfAbsent(did, d -> new ArrayList<>()).add(frame);
    notifyAll();
  }

  synchronized int leftOneTime(String did) {
    return oneTime.getOrDefault(did, List.of()).size();
  }

  /** The same opening under another session id. */
  synchronized UuidV7 openAgain(UuidV7 session) {
    String fresh = ids.next(InstantSource.system().instant()).text();
    sessions.put(
        fresh,
        Json.createObjectBuilder(Objects.requireNonNull(sessions.get(session.text())))
            .add("session_id", fresh)
            .add("state", "pending")
            .build());
    return new UuidV7(fresh);
  }

  private void handle(HttpExchange exchange) throws IOException {
    before.run();
    String path = URLDecoder.decode(exchange.getRequestURI().getRawPath(), StandardCharsets.UTF_8);
    List<ScriptedServer.Seen> seen = http.seen();
    String body =
        seen.stream()
            .filter(s -> s.headers().equals(exchange.getRequestHeaders()))
            .findFirst()
            .orElseThrow()
            .body();
    Matcher caller =
        CALLER.matcher(
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Signature-Input"))
                .orElse(""));
    Reply reply =
        answer(
            exchange.getRequestMethod(),
            path,
            query(exchange.getRequestURI().getRawQuery()),
            caller.find() ? caller.group(1) : "",
            body.isEmpty()
                ? JsonValue.EMPTY_JSON_OBJECT
                : StrictJson.parseObject(Bytes.utf8(body), JSON));
    after.run();
    if (silentAfter.test(exchange.getRequestMethod() + " " + path)) {
      return;
    }
    ScriptedServer.answer(
        exchange,
        reply.status(),
        reply.status() < 400 ? "application/json" : "application/problem+json",
        reply.body().toString());
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String part : Optional.ofNullable(raw).orElse("").split("&")) {
      int at = part.indexOf('=');
      if (at > 0) {
        query.put(part.substring(0, at), part.substring(at + 1));
      }
    }
    return query;
  }

  private synchronized Reply answer(
      String method, String path, Map<String, String> query, String caller, JsonObject body) {
    String[] parts = path.substring(1).split("/");
    if (path.startsWith("/identity/agents/")) {
      return directory(method, parts, body);
    }
    if (path.equals("/a2a/frames")) {
      return page(caller, query);
    }
    if (path.equals("/a2a/frames/ack")) {
      return ok(JsonValue.EMPTY_JSON_OBJECT);
    }
    if (path.equals("/a2a/sessions")) {
      return method.equals("POST") ? open(caller, body) : list(caller, query);
    }
    JsonObject session = sessions.get(parts[2]);
    if (session == null) {
      return refused(ErrorCode.A2A_SESSION_NOT_FOUND);
    }
    if (parts.length == 3) {
      return method.equals("DELETE") ? move(session, "closed") : ok(session);
    }
    if (parts[3].equals("rotate")) {
      return park(session, body);
    }
    if (parts[3].equals("accept")) {
      return session.getString("state").equals("pending")
          ? move(session, "active")
          : refused(ErrorCode.A2A_SESSION_STATE_INVALID);
    }
    return send(session, caller, body.getJsonObject("frame"));
  }

  private Reply directory(String method, String[] parts, JsonObject body) {
    Identity agent = Objects.requireNonNull(agents.get(parts[2]));
    if (parts[3].equals("keys")) {
      return ok(
          Json.createObjectBuilder()
              .add("did", agent.did())
              .add("statements", agent.history().toJson())
              .build());
    }
    if (method.equals("PUT")) {
      prekeys.put(agent.did(), body.getJsonObject("signed_prekey"));
      lastResort.put(agent.did(), body.getJsonObject("last_resort_kem_prekey"));
      keep(oneTime, agent, body.getJsonArray("one_time_prekeys"));
      keep(oneTimeKem, agent, body.getJsonArray("one_time_kem_prekeys"));
      return ok(JsonValue.EMPTY_JSON_OBJECT);
    }
    if (prekeys.get(agent.did()) == null) {
      return refused(ErrorCode.PREKEY_UNAVAILABLE);
    }
    return method.equals("GET")
        ? ok(Json.createObjectBuilder().add("low_stock", leftOneTime(agent.did()) < 5).build())
        : claim(agent);
  }

  private static void keep(Map<String, List<JsonObject>> keys, Identity agent, JsonArray more) {
    keys.computeIfAbsent(agent.did(), d -> new ArrayList<>())
        .addAll(more.getValuesAs(JsonObject.class));
  }

  private Reply claim(Identity agent) {
    var bundle =
        Json.createObjectBuilder()
            .add("did", agent.did())
            .add("key_agreement", AgentClient.certificate(agent.channel().certified()))
            .add("signed_prekey", prekeys.get(agent.did()));
    List<JsonObject> left = oneTime.getOrDefault(agent.did(), List.of());
    if (!left.isEmpty()) {
      bundle.add("one_time_prekey", left.remove(0));
    }
    List<JsonObject> leftKem = oneTimeKem.getOrDefault(agent.did(), List.of());
    boolean once = !leftKem.isEmpty();
    JsonObject kem = once ? leftKem.remove(0) : Objects.requireNonNull(lastResort.get(agent.did()));
    return ok(
        bundle
            .add(
                "kem_prekey",
                Json.createObjectBuilder(kem).add("kind", once ? "one-time" : "last-resort"))
            .build());
  }

  private Reply open(String caller, JsonObject body) {
    String id = ids.next(InstantSource.system().instant()).text();
    JsonObject session =
        Json.createObjectBuilder(body)
            .add("session_id", id)
            .add("initiator_id", caller)
            .add("state", "pending")
            .build();
    sessions.put(id, session);
    return new Reply(201, session);
  }

  private Reply list(String caller, Map<String, String> query) {
    JsonArrayBuilder found = Json.createArrayBuilder();
    sessions.values().stream()
        .filter(s -> s.toString().contains(caller))
        .filter(s -> s.getString("state").equals(query.getOrDefault("state", "pending")))
        .forEach(found::add);
    return ok(Json.createObjectBuilder().add("sessions", found).build());
  }

  private Reply move(JsonObject session, String state) {
    JsonObject moved = Json.createObjectBuilder(session).add("state", state).build();
    sessions.put(session.getString("session_id"), moved);
    return ok(moved);
  }

  private Reply park(JsonObject session, JsonObject body) {
    if (body.getInt("ratchet_state_counter") <= session.getInt("ratchet_state_counter", 0)) {
      return new Reply(
          409, Json.createObjectBuilder().add("code", "A2A_PARKED_STATE_STALE").build());
    }
    var parked = Json.createObjectBuilder(session);
    body.forEach(parked::add);
    JsonObject moved = parked.build();
    sessions.put(moved.getString("session_id"), moved);
    return ok(moved);
  }

  private Reply send(JsonObject session, String caller, JsonObject frame) {
    submitted.add(frame);
    if (!session.getString("state").equals("active")) {
      return refused(ErrorCode.A2A_SESSION_STATE_INVALID);
    }
    String peer =
        session.getString("initiator_id").equals(caller)
            ? session.getString("responder_id")
            : session.getString("initiator_id");
    boolean taken =
        inbox(peer).stream()
            .anyMatch(
                f ->
                    f.getString("session_id").equals(frame.getString("session_id"))
                        && f.getInt("sender_seq") == frame.getInt("sender_seq"));
    if (taken) {
      return refused(ErrorCode.A2A_FRAME_REPLAY_DETECTED);
    }
    deliver(peer, frame);
    return new Reply(201, Json.createObjectBuilder().add("position", 1).build());
  }

  private Reply page(String caller, Map<String, String> query) {
    int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
    long wait = Math.min(WAIT_MILLIS_MAX, 1000 * Long.parseLong(query.getOrDefault("wait", "0")));
    long end = System.nanoTime() + wait * 1_000_000;
    try {
      while (inbox(caller).size() <= from && System.nanoTime() < end) {
        wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<JsonObject> all = inbox(caller);
    int to = Math.min(all.size(), from + Integer.parseInt(query.getOrDefault("limit", "100")));
    JsonArrayBuilder items = Json.createArrayBuilder();
    delivery
        .apply(all.subList(Math.min(from, to), to))
        .forEach(frame -> items.add(Json.createObjectBuilder().add("frame", frame)));
    return ok(
        Json.createObjectBuilder()
            .add("frames", items)
            .add("next_cursor", String.valueOf(Math.max(from, to)))
            .build());
  }

  private static Reply ok(JsonObject body) {
    return new Reply(200, body);
  }

  private static Reply refused(ErrorCode code) {
    return new Reply(
        code.httpStatus(),
        Json.createObjectBuilder()
            .add("code", code.name())
            .add("title", code.name())
            .add("retryable", code.retryable())
            .build());
  }

  @Override
  public void close() {
    http.close();
  }
}
