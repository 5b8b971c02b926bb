package io.talos.audit.store;

import io.talos.audit.event.Bucket;
import io.talos.audit.event.Count;
import io.talos.audit.event.EventPosition;
import io.talos.audit.event.EventSearch;
import io.talos.audit.event.Exported;
import io.talos.audit.event.Logged;
import io.talos.audit.event.Stretch;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for events in Postgres, along the indexes of {@code V30__serving.sql}. */
@ApplicationScoped
public class SearchStore implements EventSearch {
  private static final String NEWEST =
      "select e.event from audit.event e where %s order by e.ts desc, e.event_id desc limit %d";
  private static final String ENTRIES =
      " from audit.leaf l join audit.event e on e.event_id = l.event_id where ";
  private static final String LOGGED =
      "select l.log_seq, e.event" + ENTRIES + "%s order by l.log_seq limit %d";
  private static final String REACH = "select min(l.log_seq), max(l.log_seq)" + ENTRIES + "%s";

  private static final String LAST_BEFORE =
      "select l.log_seq" + ENTRIES + "%s order by l.log_seq desc limit 1";
  private static final String LATEST_BEFORE =
      "select l.log_seq" + ENTRIES + "%s order by e.ts desc, e.event_id desc limit 1";
  private static final String FIRST_FROM =
      "select l.log_seq" + ENTRIES + "%s order by l.log_seq limit 1";
  private static final String EXPORTED =
      "select l.log_seq, l.leaf, e.event, v.signature_base from audit.leaf l"
          + " left join audit.event e on e.event_id = l.event_id and %s"
          + " left join audit.evidence v on v.event_id = e.event_id"
          + " where l.log_id = %d and l.log_seq >= %d and l.log_seq < %d order by l.log_seq";

  /** One pass over the events, a few over its counts; a row is about what it was grouped by. */
  private static final String COUNTS =
      """
      select cast(extract(epoch from b.start) as bigint),
        case when grouping(b.phase) = 0 then 'phase' when grouping(b.result) = 0 then 'result'
          when grouping(b.kind) = 0 then 'kind' when grouping(b.code) = 0 then 'code'
          else 'surface' end as by,
        coalesce(b.phase, b.result, b.kind, b.code, b.surface_id) as value, sum(b.n)
      from (select date_trunc(?1, e.ts, 'UTC') as start, e.phase, e.result, e.kind, e.code,
          e.surface_id, count(*) as n
        from audit.event e
        where e.ts >= cast(?2 as timestamptz) and e.ts < cast(?3 as timestamptz)
        group by 1, 2, 3, 4, 5, 6) b
      group by grouping sets ((b.start, b.phase), (b.start, b.result), (b.start, b.kind),
        (b.start, b.code), (b.start, b.surface_id))
      order by 1, 2, 3
      """;

  @PersistenceContext(unitName = "audit")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public List<JsonObject> newest(EventFilter filter, Optional<EventPosition> before, int most) {
    Condition condition = Condition.of(filter);
    before.ifPresent(
        place ->
            condition.and(
                "(e.ts, e.event_id) < (cast(? as timestamptz), cast(? as uuid))",
                WireTime.format(place.ts()),
                place.eventId().text()));
    return EventStore.events(query(NEWEST, condition, most));
  }

  @Override
  public List<Logged> logged(
      Stretch stretch, EventFilter filter, Optional<String> notOn, int most) {
    Condition condition = within(stretch, filter);
    notOn.ifPresent(surface -> condition.and("e.surface_id is distinct from ?", surface));
    List<Logged> logged = new ArrayList<>();
    for (Object[] row : Columns.rows(query(LOGGED, condition, most).getResultList())) {
      logged.add(new Logged(Columns.whole(row[0]), EventStore.event(row[1])));
    }
    return logged;
  }

  @Override
  public Optional<Stretch> reach(Stretch stretch, EventFilter filter) {
    Object[] row = (Object[]) query(REACH, within(stretch, filter)).getSingleResult();
    return row[0] == null
        ? Optional.empty()
        : Optional.of(new Stretch(stretch.log(), Columns.whole(row[0]), Columns.whole(row[1]) + 1));
  }

  @Override
  public Optional<Long> lastBefore(Stretch stretch, Instant time) {
    return Columns.first(query(LAST_BEFORE, before(stretch, time))).map(Columns::whole);
  }

  @Override
  public Optional<Long> latestBefore(Stretch stretch, Instant time) {
    return Columns.first(query(LATEST_BEFORE, before(stretch, time))).map(Columns::whole);
  }

  private static Condition before(Stretch stretch, Instant time) {
    return within(stretch, EventFilter.all())
        .and("e.ts < cast(? as timestamptz)", WireTime.format(time));
  }

  @Override
  public Optional<Long> firstFrom(Stretch stretch, Instant time) {
    Condition from =
        within(stretch, EventFilter.all())
            .and("e.ts >= cast(? as timestamptz)", WireTime.format(time));
    return Columns.first(query(FIRST_FROM, from)).map(Columns::whole);
  }

  @Override
  public List<Exported> exported(Stretch stretch, EventFilter filter) {
    Condition whole = Condition.of(filter);
    String statement =
        EXPORTED.formatted(whole.text(), stretch.log().id(), stretch.begin(), stretch.end());
    List<Exported> exported = new ArrayList<>();
    for (Object[] row :
        Columns.rows(whole.bind(rows.createNativeQuery(statement)).getResultList())) {
      exported.add(
          new Exported(
              Columns.whole(row[0]),
              Columns.bytes(row[1]),
              Optional.ofNullable(row[2]).map(EventStore::event),
              Optional.ofNullable(row[3]).map(Columns::bytes)));
    }
    return exported;
  }

  private static Condition within(Stretch stretch, EventFilter filter) {
    return Condition.of(filter)
        .and(
            "l.log_id = ? and l.log_seq >= ? and l.log_seq < ?",
            stretch.log().id(),
            stretch.begin(),
            stretch.end());
  }

  private Query query(String statement, Condition condition) {
    return condition.bind(rows.createNativeQuery(statement.formatted(condition.text())));
  }

  /** The bound stands in the statement, because the driver's does not reach the planner. */
  private Query query(String statement, Condition condition, int most) {
    return condition.bind(rows.createNativeQuery(statement.formatted(condition.text(), most)));
  }

  @Override
  public List<Count> counts(Instant from, Instant to, Bucket bucket) {
    Query query =
        rows.createNativeQuery(COUNTS)
            .setParameter(1, bucket.wire())
            .setParameter(2, WireTime.format(from))
            .setParameter(3, WireTime.format(to));
    List<Count> counts = new ArrayList<>();
    for (Object[] row : Columns.rows(query.getResultList())) {
      // Events without a code or a surface are a group of their own, and nobody asks for it.
      if (row[2] != null) {
        counts.add(
            new Count(
                Instant.ofEpochSecond(Columns.whole(row[0])),
                (String) row[1],
                (String) row[2],
                Columns.whole(row[3])));
      }
    }
    return counts;
  }
}
