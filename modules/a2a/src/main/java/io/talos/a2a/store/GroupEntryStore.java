package io.talos.a2a.store;

import io.talos.a2a.groups.Entries;
import io.talos.a2a.groups.Entry;
import io.talos.a2a.groups.Limits;
import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Entries of groups in Postgres. */
@ApplicationScoped
public class GroupEntryStore implements Entries {
  /** When the bound is passed, this part of it is freed, so that not every entry pays for it. */
  private static final int FREED_PART = 8;

  private static final String COUNT =
      "update a2a.agent_group set stored_bytes = stored_bytes + ?2 where id = ?1"
          + " returning stored_bytes";

  // The bytes before an entry decide whether it still fits, so that one always does.
  private static final String AFTER =
      "select * from (select c.*, sum(c.bytes) over (order by c.position) - c.bytes as bytes_before"
          + " from (select e.* from a2a.group_entry e where e.group_id = ?1 and e.position > ?3"
          + " and exists (select 1 from a2a.group_member m where m.group_id = e.group_id"
          + " and m.agent_id = ?2 and e.position >= m.from_position"
          + " and (m.until_position is null or e.position <= m.until_position))"
          + " order by e.position limit ?4) c) f where f.bytes_before < ?5 order by f.position";

  /** Up to where entries must go so that {@code ?2} bytes are free. */
  private static final String OVERFLOW =
      "select min(t.position) from (select position, sum(bytes) over (order by position) as total"
          + " from a2a.group_entry where group_id = ?1) t where t.total >= ?2";

  /** Up to where all readers have acknowledged: the least of those that are not through. */
  private static final String READ_BY_ALL =
      "coalesce((select min(m.acknowledged) from a2a.group_member m where m.group_id = g.id"
          + " and m.acknowledged < coalesce(m.until_position, g.position)), g.position)";

  private static final String PRUNABLE =
      "select g.id from a2a.agent_group g where g.pruned_position < g.position"
          + " and (g.pruned_position < "
          + READ_BY_ALL
          + " or exists (select 1 from a2a.group_entry e where e.group_id = g.id"
          + " and e.position = g.pruned_position + 1 and e.sent_at < ?1)) order by g.id limit ?2";

  private static final String END_OF_PRUNABLE =
      "select least(g.pruned_position + ?3, greatest("
          + READ_BY_ALL
          + ", (select max(e.position) from a2a.group_entry e where e.group_id = g.id"
          + " and e.position <= g.pruned_position + ?3 and e.sent_at < ?2)))"
          + " from a2a.agent_group g where g.id = ?1";

  private static final String DROP =
      "with gone as (delete from a2a.group_entry where group_id = ?1 and position <= ?2"
          + " returning bytes), total as (select count(*) as entries,"
          + " coalesce(sum(bytes), 0) as bytes from gone),"
          + " counted as (update a2a.agent_group g set pruned_position ="
          + " greatest(g.pruned_position, ?2), stored_bytes = g.stored_bytes - total.bytes"
          + " from total where g.id = ?1) select entries from total";

  @PersistenceContext(unitName = "a2a")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public void add(Entry entry, long bytesMax) {
    rows.persist(new GroupEntryRow(entry));
    rows.flush();
    long stored =
        number(
            rows.createNativeQuery(COUNT)
                .setParameter(1, entry.groupId().text())
                .setParameter(2, entry.bytes())
                .getSingleResult());
    if (stored > bytesMax) {
      long free = stored - bytesMax + bytesMax / FREED_PART;
      Object end =
          rows.createNativeQuery(OVERFLOW)
              .setParameter(1, entry.groupId().text())
              .setParameter(2, free)
              .getSingleResult();
      // The entry itself always stays.
      drop(entry.groupId(), Math.min(number(end), entry.position() - 1));
    }
  }

  private int drop(UuidV7 group, long end) {
    Object dropped =
        rows.createNativeQuery(DROP)
            .setParameter(1, group.text())
            .setParameter(2, end)
            .getSingleResult();
    return Math.toIntExact(number(dropped));
  }

  @Override
  @SuppressWarnings("unchecked") // JPA 3.1 has no typed native query
  public List<Entry> after(UuidV7 group, String agent, long position, int limit, long bytesMax) {
    Check.that(limit > 0 && limit <= Limits.PAGE_MAX, "a page is bounded");
    List<GroupEntryRow> found =
        rows.createNativeQuery(AFTER, GroupEntryRow.class)
            .setParameter(1, group.text())
            .setParameter(2, agent)
            .setParameter(3, position)
            .setParameter(4, limit)
            .setParameter(5, bytesMax)
            .getResultList();
    return found.stream().map(GroupEntryRow::entry).toList();
  }

  @Override
  public long pruned(UuidV7 group) {
    return number(
        rows.createNativeQuery("select pruned_position from a2a.agent_group where id = ?1")
            .setParameter(1, group.text())
            .getSingleResult());
  }

  @Override
  public void putInfo(UuidV7 group, Info info) {
    rows.createNativeQuery(
            "insert into a2a.group_info (group_id, epoch, content) values (?1, ?2, ?3)"
                + " on conflict (group_id) do update set epoch = excluded.epoch,"
                + " content = excluded.content")
        .setParameter(1, group.text())
        .setParameter(2, info.epoch())
        .setParameter(3, info.content().toArray())
        .executeUpdate();
  }

  @Override
  public Optional<Info> info(UuidV7 group) {
    List<?> found =
        rows.createNativeQuery("select epoch, content from a2a.group_info where group_id = ?1")
            .setParameter(1, group.text())
            .getResultList();
    return found.stream()
        .findFirst()
        .map(Object[].class::cast)
        .map(row -> new Info(number(row[0]), Bytes.of((byte[]) row[1])));
  }

  @Override
  public List<UuidV7> prunable(Instant before, int limit) {
    List<?> found =
        rows.createNativeQuery(PRUNABLE)
            .setParameter(1, before.atOffset(ZoneOffset.UTC))
            .setParameter(2, limit)
            .getResultList();
    return found.stream().map(id -> new UuidV7((String) id)).toList();
  }

  @Override
  public int prune(UuidV7 group, Instant before, int most) {
    List<?> end =
        rows.createNativeQuery(END_OF_PRUNABLE)
            .setParameter(1, group.text())
            .setParameter(2, before.atOffset(ZoneOffset.UTC))
            .setParameter(3, most)
            .getResultList();
    return end.isEmpty() ? 0 : drop(group, number(end.get(0)));
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }
}
