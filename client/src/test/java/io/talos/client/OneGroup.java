package io.talos.client;

import io.talos.client.groups.Cast;
import io.talos.client.groups.Group;
import io.talos.client.groups.OutsideJoin;
import io.talos.client.groups.OwnKeyPackage;
import io.talos.client.groups.PreparedCommit;
import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One group at a server in memory, which orders as the real one does: one commit in each epoch,
 * messages in the current one, entries to members from where they came in. A test may have it lie.
 */
final class OneGroup {
  final Cast cast = new Cast();
  private final List<GroupEntry> entries = new ArrayList<>();
  private final Map<Long, Bytes> welcomes = new HashMap<>();
  private final Map<Did, Long> since = new HashMap<>();
  private final Map<Did, Long> until = new HashMap<>();
  private final Set<Did> members = new LinkedHashSet<>();
  private final Set<Did> leaving = new LinkedHashSet<>();
  private Bytes groupInfo = Bytes.empty();
  private long epoch;

  /** What it shows instead of what it has; the identity unless a test says otherwise. */
  volatile UnaryOperator<List<GroupEntry>> lie = UnaryOperator.identity();

  /** The group's maker. */
  GroupSession maker(String name) {
    return session(name, cast.creates(made(name)), 0);
  }

  /** Begins with this member alone. */
  synchronized String made(String name) {
    members.add(cast.did(name));
    since.put(cast.did(name), 1L);
    return name;
  }

  /** The group as {@code name} is shown it. */
  GroupDelivery view(String name) {
    return new View(cast.did(name));
  }

  /** A session of somebody whom a commit added just now. */
  GroupSession welcomed(String name, OwnKeyPackage own) {
    GroupEntry welcome =
        new View(cast.did(name)).entries(Optional.empty()).orThrow().entries().get(0);
    return session(
        name,
        Group.join(cast.named(name), Cast.GROUP, own, welcome.content(), cast.keys(), Cast.CHANCE),
        welcome.position());
  }

  /** A session of somebody who comes in from outside. */
  GroupSession fromOutside(String name) {
    while (true) {
      OutsideJoin join =
          OutsideJoin.prepare(
              cast.named(name), Cast.GROUP, info(), cast.keys(), Cast.CHANCE, Cast.now());
      Reply<JsonObject> reply = new View(cast.did(name)).commit(join.commit());
      if (reply instanceof Reply.Granted<JsonObject> taken) {
        return session(name, join.taken(), taken.value().getInt("position"));
      }
    }
  }

  private synchronized Bytes info() {
    return groupInfo;
  }

  private GroupSession session(String name, Group group, long position) {
    return new GroupSession(
        new View(cast.did(name)),
        agent -> granted(cast.offered(agent).published()),
        group,
        cast.did(name),
        position,
        Clock.systemUTC());
  }

  synchronized long epoch() {
    return epoch;
  }

  private static <T> Reply<T> granted(T value) {
    return new Reply.Granted<>(value, Receipt.none());
  }

  private static <T> Reply<T> refused(ErrorCode code) {
    return new Reply.Refused<>(new Refusal(code.name(), 409, "", false, Receipt.none()));
  }

  private Reply<JsonObject> taken(
      GroupEntry.Kind kind, Did sender, Bytes content, Optional<PreparedCommit> commit) {
    entries.add(
        new GroupEntry(
            entries.size() + 1,
            kind,
            sender,
            epoch,
            content,
            commit.map(PreparedCommit::added).orElse(List.of()),
            commit.map(PreparedCommit::removed).orElse(List.of()),
            commit.map(PreparedCommit::external).orElse(false),
            Instant.now()));
    return granted(Json.createObjectBuilder().add("position", entries.size()).build());
  }

  /** The server as one caller sees it. */
  private final class View implements GroupDelivery {
    private final Did caller;

    View(Did caller) {
      this.caller = caller;
    }

    @Override
    public Reply<JsonObject> commit(PreparedCommit commit) {
      synchronized (OneGroup.this) {
        if (commit.epoch() != epoch) {
          return refused(ErrorCode.A2A_GROUP_EPOCH_CONFLICT);
        }
        if (!commit.external()
            && (leaving.contains(caller) || !commit.removed().containsAll(leaving))) {
          return refused(ErrorCode.A2A_GROUP_LEAVE_PENDING);
        }
        Reply<JsonObject> taken =
            taken(GroupEntry.Kind.COMMIT, caller, commit.commit(), Optional.of(commit));
        long position = entries.size();
        commit.welcome().ifPresent(welcome -> welcomes.put(position, welcome));
        for (Did gone : commit.removed()) {
          members.remove(gone);
          leaving.remove(gone);
          until.put(gone, position);
        }
        for (Did fresh : commit.added()) {
          members.add(fresh);
          since.put(fresh, position);
          until.remove(fresh);
        }
        groupInfo = commit.groupInfo();
        epoch++;
        return taken;
      }
    }

    @Override
    public Reply<JsonObject> propose(long inEpoch, Bytes proposal) {
      synchronized (OneGroup.this) {
        if (inEpoch != epoch) {
          return refused(ErrorCode.A2A_GROUP_EPOCH_CONFLICT);
        }
        leaving.add(caller);
        return taken(GroupEntry.Kind.PROPOSAL, caller, proposal, Optional.empty());
      }
    }

    @Override
    public Reply<JsonObject> send(long inEpoch, Bytes message) {
      synchronized (OneGroup.this) {
        if (inEpoch != epoch || !members.contains(caller)) {
          return refused(ErrorCode.A2A_GROUP_EPOCH_CONFLICT);
        }
        return taken(GroupEntry.Kind.MESSAGE, caller, message, Optional.empty());
      }
    }

    @Override
    public Reply<GroupEntry.Page> entries(Optional<String> cursor) {
      synchronized (OneGroup.this) {
        long first = Objects.requireNonNull(since.get(caller));
        long last = until.getOrDefault(caller, Long.MAX_VALUE);
        long after = cursor.map(Long::parseLong).orElse(first - 1);
        List<GroupEntry> page =
            entries.stream()
                .filter(e -> e.position() > after && e.position() <= last)
                .limit(Limits.GROUP_PAGE)
                .map(e -> e.added().contains(caller) && !e.external() ? welcome(e) : e)
                .toList();
        long next = page.isEmpty() ? after : page.get(page.size() - 1).position();
        return granted(
            new GroupEntry.Page(
                lie.apply(page), Long.toString(next), page.size() < Limits.GROUP_PAGE));
      }
    }

    private GroupEntry welcome(GroupEntry commit) {
      return new GroupEntry(
          commit.position(),
          GroupEntry.Kind.WELCOME,
          commit.sender(),
          commit.epoch() + 1,
          Objects.requireNonNull(welcomes.get(commit.position())),
          commit.added(),
          commit.removed(),
          false,
          commit.sentAt());
    }

    @Override
    public Reply<Bytes> groupInfo() {
      return granted(info());
    }

    @Override
    public Reply<List<Did>> leaving() {
      synchronized (OneGroup.this) {
        return granted(List.copyOf(leaving));
      }
    }

    @Override
    public Reply<JsonObject> invite(Did invited) {
      return granted(JsonObject.EMPTY_JSON_OBJECT);
    }

    @Override
    public Reply<JsonObject> close() {
      return granted(JsonObject.EMPTY_JSON_OBJECT);
    }
  }
}
