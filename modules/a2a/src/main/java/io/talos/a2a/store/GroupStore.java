package io.talos.a2a.store;

import io.talos.a2a.groups.Group;
import io.talos.a2a.groups.GroupEvent;
import io.talos.a2a.groups.Groups;
import io.talos.a2a.groups.Limits;
import io.talos.contracts.Check;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Groups in Postgres. */
@ApplicationScoped
public class GroupStore implements Groups {
  /** What was read before the lock must not be taken for what another node committed meanwhile. */
  private static final String ANEW = "eclipselink.refresh";

  @PersistenceContext(unitName = "a2a")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public boolean lock(UuidV7 group, Duration atMost) {
    Object locked =
        rows.createNativeQuery("select a2a.lock_within(?1, ?2)")
            .setParameter(1, "talos.a2a.group:" + group.text())
            .setParameter(2, Math.toIntExact(atMost.toMillis()))
            .getSingleResult();
    return Boolean.TRUE.equals(locked);
  }

  @Override
  public Optional<Group> find(UuidV7 group) {
    return rows
        .createQuery("select g from GroupRow g where g.id = :id", GroupRow.class)
        .setParameter("id", group.text())
        .setHint(ANEW, true)
        .getResultList()
        .stream()
        .findFirst()
        .map(GroupRow::group);
  }

  @Override
  public void add(Group.Creation creation) {
    rows.persist(new GroupRow(creation.group()));
    // First the group, then what refers to it.
    rows.flush();
    rows.persist(new GroupEventRow(creation.event()));
    rows.flush();
  }

  @Override
  public void change(Group.Change change) {
    Group before = change.before();
    Group after = change.after();
    int changed =
        rows.createQuery(
                "update GroupRow g set g.ownerId = :owner, g.state = :state, g.epoch = :epoch,"
                    + " g.position = :position, g.eventCount = :count, g.eventDigest = :digest"
                    + " where g.id = :id and g.epoch = :epochBefore"
                    + " and g.position = :positionBefore and g.eventCount = :countBefore")
            .setParameter("owner", after.owner())
            .setParameter("state", after.state().wire())
            .setParameter("epoch", after.epoch())
            .setParameter("position", after.position())
            .setParameter("count", after.events())
            .setParameter("digest", after.digest())
            .setParameter("id", before.id().text())
            .setParameter("epochBefore", before.epoch())
            .setParameter("positionBefore", before.position())
            .setParameter("countBefore", before.events())
            .executeUpdate();
    Check.that(changed == 1, "the group is what the change began with");
    change.events().forEach(event -> rows.persist(new GroupEventRow(event)));
    rows.flush();
  }

  @Override
  public List<Group> of(String agent, Optional<UuidV7> after, int limit) {
    Check.that(limit > 0 && limit <= Limits.PAGE_MAX + 1, "a page is bounded");
    @SuppressWarnings("unchecked") // JPA 3.1 has no typed native query
    List<GroupRow> found =
        rows.createNativeQuery(
                "select g.* from a2a.agent_group g join a2a.group_member m on m.group_id = g.id"
                    + " where m.agent_id = ?1 and m.until_position is null and m.group_id > ?2"
                    + " order by m.group_id limit ?3",
                GroupRow.class)
            .setParameter(1, agent)
            .setParameter(2, after.map(UuidV7::text).orElse(""))
            .setParameter(3, limit)
            .getResultList();
    return found.stream().map(GroupRow::group).toList();
  }

  @Override
  public List<GroupEvent> events(UuidV7 group, long sequence, int limit) {
    Check.that(limit > 0 && limit <= Limits.PAGE_MAX + 1, "a page is bounded");
    return rows.createQuery(
            "select e from GroupEventRow e where e.groupId = :group and e.sequence >= :sequence"
                + " order by e.sequence",
            GroupEventRow.class)
        .setParameter("group", group.text())
        .setParameter("sequence", sequence)
        .setMaxResults(limit)
        .getResultStream()
        .map(GroupEventRow::event)
        .toList();
  }
}
