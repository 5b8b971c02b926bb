package io.talos.audit.store;

import io.talos.audit.event.EventRows;
import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.Opening;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps events in Postgres. Identifiers and times travel as text and are cast by the database. */
@ApplicationScoped
public class EventStore implements EventRows {
  private static final Limits EVENT = new Limits(256 << 10, 8, 1_000);

  private static final String RAISE =
      "insert into audit.source as s (source, next_seq) values (?1, 1)"
          + " on conflict (source) do update set next_seq = s.next_seq + 1"
          + " returning next_seq - 1";

  /**
   * The event and everything that hangs on it in one statement, because every statement of an
   * admission is a round trip that the caller waits for. An admission is open until its outcome is
   * written.
   */
  private static final String ADD =
      """
      with e as (
        insert into audit.event (event_id, source, source_seq, phase, kind, result, ts,
          principal_id, request_id, admission_id, surface_id, event, event_hash, code,
          resource_id)
        values (cast(?1 as uuid), ?2, ?3, ?4, ?5, ?6, cast(?7 as timestamptz), ?8,
          cast(?9 as uuid), cast(?10 as uuid), ?11, ?12, ?13, ?16, ?17)
        returning event_id, source, ts, phase, admission_id),
      opening as (
        insert into audit.opening (event_id, name, value, salt)
        select e.event_id, o.name, o.value, decode(o.salt, 'hex')
        from e, json_to_recordset(cast(?14 as json)) as o (name text, value text, salt text)),
      evidence as (
        insert into audit.evidence (event_id, signature_base)
        select event_id, decode(b.base, 'hex') from e, (select cast(?15 as text) as base) b
        where b.base <> ''),
      opened as (
        insert into audit.open_admission (event_id, source, ts)
        select event_id, source, ts from e where phase = 'admission'),
      closed as (
        delete from audit.open_admission a using e
        where a.event_id = e.admission_id and e.phase = 'outcome')
      insert into audit.outbox (event_id) select event_id from e
      """;

  private static final String FIND =
      "select event from audit.event where event_id = cast(?1 as uuid)";
  private static final String OPENINGS =
      "select name, value, salt from audit.opening where event_id = cast(?1 as uuid)";
  private static final String OPEN_ADMISSIONS =
      "select e.event from audit.open_admission o join audit.event e on e.event_id = o.event_id"
          + " where starts_with(o.source, ?1) and o.ts < cast(?2 as timestamptz) order by o.ts limit ?3";

  @PersistenceContext(unitName = "audit")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public long nextSeq(String source) {
    return Columns.whole(rows.createNativeQuery(RAISE).setParameter(1, source).getSingleResult());
  }

  @Override
  public void add(AuditEvent event) {
    JsonObject json = event.json();
    String id = json.getString("event_id");
    JsonObject principal = json.getJsonObject("principal");
    JsonObject resource = json.getJsonObject("resource");
    rows.createNativeQuery(ADD)
        .setParameter(1, id)
        .setParameter(2, json.getString("source"))
        .setParameter(3, json.getJsonNumber("source_seq").longValueExact())
        .setParameter(4, json.getString("phase"))
        .setParameter(5, json.getString("kind"))
        .setParameter(6, json.getString("result"))
        .setParameter(7, json.getString("ts"))
        .setParameter(8, principal.getString("id", null))
        .setParameter(9, json.getString("request_id", null))
        .setParameter(10, json.getString("admission_id", null))
        .setParameter(11, json.getString("surface_id", null))
        .setParameter(12, event.canonical())
        .setParameter(13, event.hash().toArray())
        .setParameter(14, asJson(event.openings()))
        .setParameter(15, event.signatureBase().map(Bytes::hex).orElse(""))
        .setParameter(16, json.getString("code", null))
        .setParameter(17, resource == null ? null : resource.getString("id"))
        .executeUpdate();
  }

  private static String asJson(SortedMap<String, Opening> openings) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    openings.forEach(
        (name, opening) ->
            array.add(
                Json.createObjectBuilder()
                    .add("name", name)
                    .add("value", opening.value())
                    .add("salt", opening.salt().hex())));
    return array.build().toString();
  }

  @Override
  public Optional<JsonObject> find(UuidV7 eventId) {
    return Columns.first(rows.createNativeQuery(FIND).setParameter(1, eventId.text()))
        .map(EventStore::event);
  }

  @Override
  public SortedMap<String, Opening> openings(UuidV7 eventId) {
    SortedMap<String, Opening> openings = new TreeMap<>();
    Query query = rows.createNativeQuery(OPENINGS).setParameter(1, eventId.text());
    for (Object[] row : Columns.rows(query.getResultList())) {
      openings.put((String) row[0], new Opening((String) row[1], Columns.bytes(row[2])));
    }
    return Collections.unmodifiableSortedMap(openings);
  }

  @Override
  public List<JsonObject> openAdmissions(String node, Instant before, int most) {
    return events(
        rows.createNativeQuery(OPEN_ADMISSIONS)
            .setParameter(1, node + "/")
            .setParameter(2, WireTime.format(before))
            .setParameter(3, most));
  }

  /** The events in the only column of a query. */
  static List<JsonObject> events(Query query) {
    List<JsonObject> events = new ArrayList<>();
    for (Object text : query.getResultList()) {
      events.add(event(text));
    }
    return events;
  }

  static JsonObject event(Object text) {
    return StrictJson.parseObject(Bytes.utf8((String) text), EVENT);
  }
}
