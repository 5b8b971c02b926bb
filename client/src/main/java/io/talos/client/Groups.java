package io.talos.client;

import io.talos.client.groups.Group;
import io.talos.client.groups.LeafOwner;
import io.talos.client.groups.MemberKeys;
import io.talos.client.groups.OutsideJoin;
import io.talos.client.groups.OwnKeyPackage;
import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Private groups with other agents (MLS, RFC 9420). Keys and plaintexts stay here; the server
 * orders what it cannot read, and who is in a group is decided by what the members signed, not by
 * what the server says. Thread safe.
 *
 * <p>Keep this object: it holds the private halves of the key packages it published, and an agent
 * that lost them cannot open a welcome any more, but comes in from outside.
 */
public final class Groups {
  static final String PATH = "/a2a/groups";
  private static final String KEY_PACKAGES = "/a2a/key-packages";

  private final Calls calls;
  private final LeafOwner self;
  private final MemberKeys memberKeys;
  private final InstantSource clock;
  private final Randomness randomness;
  private final List<OwnKeyPackage> waiting = new ArrayList<>();

  Groups(Calls calls, Identity identity, InstantSource clock, Randomness randomness) {
    this.calls = calls;
    this.self = new LeafOwner(identity.history().did(), identity.signing());
    this.memberKeys = new KnownHistories(calls);
    this.clock = clock;
    this.randomness = randomness;
  }

  /** Where key packages of others are had. */
  @FunctionalInterface
  interface Cards {
    Reply<Bytes> claim(Did agent);
  }

  /** Publishes {@code count} fresh key packages, each good for one group that this agent joins. */
  public synchronized Reply<JsonObject> publishKeyPackages(int count) {
    Check.that(
        count > 0 && waiting.size() + count <= io.talos.client.groups.Limits.KEY_PACKAGES_MAX,
        "few key packages wait");
    Instant now = clock.instant();
    List<OwnKeyPackage> fresh = new ArrayList<>();
    JsonArrayBuilder published = Json.createArrayBuilder();
    for (int i = 0; i < count; i++) {
      OwnKeyPackage own = OwnKeyPackage.generate(self, randomness, now);
      fresh.add(own);
      published.add(Base64Url.encode(own.published()));
    }
    // Before they are sent: an answer that is lost must not leave a welcome that nobody can open.
    waiting.addAll(fresh);
    return calls.put(
        KEY_PACKAGES, Json.createObjectBuilder().add("key_packages", published).build());
  }

  /** What is left of this agent's key packages; {@code low_stock} asks for more. */
  public Reply<JsonObject> keyPackageStock() {
    return calls.get(KEY_PACKAGES);
  }

  private Reply<Bytes> claim(Did agent) {
    return calls
        .post(
            KEY_PACKAGES + "/claim",
            Json.createObjectBuilder().add("agent_id", agent.text()).build())
        .map(claimed -> Base64Url.decode(claimed.getString("key_package")));
  }

  /**
   * Makes a group with this agent alone in it.
   *
   * @param name for people; the server may read it
   */
  public Reply<GroupSession> create(Optional<String> name) {
    JsonObjectBuilder body = Json.createObjectBuilder();
    name.ifPresent(text -> body.add("name", text));
    return calls
        .post(PATH, body.build())
        .map(
            made -> {
              UuidV7 id = new UuidV7(made.getString("group_id"));
              return session(
                  id,
                  Group.create(
                      self, Bytes.utf8(id.text()), memberKeys, randomness, clock.instant()),
                  0);
            });
  }

  /** The groups that this agent is a member of, one page. */
  public Reply<JsonObject> list() {
    return calls.get(PATH);
  }

  /** What the server says of a group; nothing of it is verified. */
  public Reply<JsonObject> find(UuidV7 group) {
    return calls.get(PATH + "/" + group);
  }

  /**
   * Joins a group that this agent was added to, by the welcome that waits for it.
   *
   * @throws TalosException {@link ErrorCode#A2A_GROUP_STATE_LOST} when there is no welcome for a
   *     key package that this object holds: {@link #comeBack}
   */
  public Reply<GroupSession> join(UuidV7 group) {
    return new HttpGroupDelivery(calls, group)
        .entries(Optional.empty())
        .map(page -> welcomed(group, page));
  }

  private synchronized GroupSession welcomed(UuidV7 id, GroupEntry.Page page) {
    Optional<GroupEntry> welcome =
        page.entries().stream().findFirst().filter(e -> e.kind() == GroupEntry.Kind.WELCOME);
    for (OwnKeyPackage own : waiting) {
      if (welcome.isPresent() && Group.isFor(own, welcome.get().content())) {
        Group group =
            Group.join(
                self, Bytes.utf8(id.text()), own, welcome.get().content(), memberKeys, randomness);
        if (group.epoch() != welcome.get().epoch()) {
          throw new TalosException(
              ErrorCode.A2A_GROUP_MESSAGE_INVALID, "a welcome into another epoch");
        }
        // Only now: its private half opened its one welcome.
        waiting.remove(own);
        return session(id, group, welcome.get().position());
      }
    }
    throw new TalosException(ErrorCode.A2A_GROUP_STATE_LOST, "no welcome that can be opened");
  }

  /**
   * Comes into a group from outside: invited, or back after the state was lost or the agent changed
   * its key; the former leaf goes. Tried anew, a bounded number of times, when another was first.
   */
  public Reply<GroupSession> comeBack(UuidV7 group) {
    GroupDelivery delivery = new HttpGroupDelivery(calls, group);
    for (int tried = 1; ; tried++) {
      Reply<Bytes> info = delivery.groupInfo();
      if (info instanceof Reply.Refused<Bytes> refused) {
        return new Reply.Refused<>(refused.refusal());
      }
      OutsideJoin join =
          OutsideJoin.prepare(
              self,
              Bytes.utf8(group.text()),
              info.orThrow(),
              memberKeys,
              randomness,
              clock.instant());
      Reply<JsonObject> reply = delivery.commit(join.commit());
      boolean late =
          reply instanceof Reply.Refused<JsonObject> refused
              && refused.refusal().is(ErrorCode.A2A_GROUP_EPOCH_CONFLICT);
      if (!late || tried == Limits.GROUP_TRIES_MAX) {
        return reply.map(
            taken ->
                session(group, join.taken(), taken.getJsonNumber("position").longValueExact()));
      }
    }
  }

  private GroupSession session(UuidV7 id, Group group, long position) {
    return new GroupSession(
        new HttpGroupDelivery(calls, id), this::claim, group, self.did(), position, clock);
  }
}
