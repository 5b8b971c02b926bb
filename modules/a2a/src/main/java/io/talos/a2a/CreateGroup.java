package io.talos.a2a;

import io.talos.a2a.groups.Group;
import io.talos.a2a.groups.GroupEvent;
import io.talos.a2a.groups.Groups;
import io.talos.a2a.groups.Limits;
import io.talos.a2a.groups.Member;
import io.talos.a2a.groups.Members;
import io.talos.a2a.groups.Roster;
import io.talos.contracts.Check;
import io.talos.contracts.event.GroupCreated;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Makes a group in epoch 0 whose owner and only member is the caller. Audited as {@code
 * group.created}.
 */
@Dependent
public class CreateGroup {
  private final Groups groups;
  private final Members members;
  private final Event<GroupCreated> created;
  private final UuidV7Generator ids;
  private final InstantSource clock;

  @Inject
  CreateGroup(
      Groups groups,
      Members members,
      Event<GroupCreated> created,
      UuidV7Generator ids,
      InstantSource clock) {
    this.groups = groups;
    this.members = members;
    this.created = created;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Makes a group for {@code actor}.
   *
   * @param name for people, 1 to {@value Limits#NAME_CHARACTERS_MAX} characters
   */
  @Transactional
  public Roster create(String actor, Optional<String> name) {
    name.ifPresent(text -> Check.that(!text.isEmpty(), "a name says something"));
    Instant now = WireTime.cut(clock.instant());
    JsonObjectBuilder data = Json.createObjectBuilder();
    name.ifPresent(text -> data.add("name", text));
    GroupEvent.Said said = GroupEvent.Said.of(GroupEvent.Type.GROUP_CREATED, data.build());
    Group.Creation creation = Group.create(name, actor, said, ids, now);
    Group group = creation.group();
    groups.add(creation);
    Member owner = Member.staying(actor, 0, 1);
    members.join(group.id(), owner);
    created.fire(new GroupCreated(group.id(), actor, group.digest()));
    return new Roster(group, List.of(owner));
  }
}
