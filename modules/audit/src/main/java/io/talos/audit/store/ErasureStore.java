package io.talos.audit.store;

import io.talos.audit.erasure.ErasedMember;
import io.talos.audit.erasure.Erasure;
import io.talos.audit.erasure.ErasureReason;
import io.talos.audit.erasure.ErasureRows;
import io.talos.audit.erasure.ErasureTarget;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deletes openings in Postgres and notes it, in one statement. */
@ApplicationScoped
public class ErasureStore implements ErasureRows {
  private static final String ERASE =
      """
      with chosen as (%s order by o.event_id, o.name limit ?2),
      gone as (
        delete from audit.opening o using chosen c
        where o.event_id = c.event_id and o.name = c.name
        returning o.event_id, o.name),
      noted as (
        insert into audit.erasure (erasure_id, reason, reference, erased_at)
        select cast(?3 as uuid), ?4, nullif(?5, ''), cast(?6 as timestamptz)
        where exists (select from gone)
        returning erasure_id)
      insert into audit.erased (event_id, name, erasure_id)
      select g.event_id, g.name, n.erasure_id from gone g, noted n
      returning cast(event_id as text), name
      """;

  private static final String OF_EVENT =
      "select o.event_id, o.name from audit.opening o where o.event_id = cast(?1 as uuid)";
  private static final String OF_PRINCIPAL =
      "select o.event_id, o.name from audit.event e join audit.opening o using (event_id)"
          + " where e.principal_id = ?1";
  private static final String OF_OPERATOR =
      "select o.event_id, o.name from audit.opening s join audit.opening o using (event_id)"
          + " where s.name = 'operator_subject' and s.value = ?1";

  private static final String ERASED =
      "select cast(d.event_id as text), d.name, cast(x.erasure_id as text), x.reason, x.reference,"
          + " cast(round(extract(epoch from x.erased_at) * 1000) as bigint)"
          + " from audit.erased d join audit.erasure x using (erasure_id)"
          + " where d.event_id = cast(?1 as uuid) order by d.name";

  @PersistenceContext(unitName = "audit")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public List<ErasedMember> erase(ErasureTarget target, Erasure erasure, int most) {
    String chosen = target.match(one -> OF_EVENT, all -> OF_PRINCIPAL, person -> OF_OPERATOR);
    String whose =
        target.match(
            one -> one.eventId().text(),
            ErasureTarget.OfPrincipal::id,
            ErasureTarget.OfOperator::subject);
    List<?> gone =
        rows.createNativeQuery(ERASE.formatted(chosen))
            .setParameter(1, whose)
            .setParameter(2, most)
            .setParameter(3, erasure.id().text())
            .setParameter(4, erasure.reason().wire())
            .setParameter(5, erasure.reference().orElse(""))
            .setParameter(6, WireTime.format(erasure.at()))
            .getResultList();
    return Columns.rows(gone).stream()
        .map(row -> new ErasedMember(new UuidV7((String) row[0]), (String) row[1], erasure))
        .toList();
  }

  @Override
  public List<ErasedMember> erased(UuidV7 eventId) {
    List<?> members =
        rows.createNativeQuery(ERASED).setParameter(1, eventId.text()).getResultList();
    return Columns.rows(members).stream()
        .map(
            row ->
                new ErasedMember(
                    new UuidV7((String) row[0]),
                    (String) row[1],
                    new Erasure(
                        new UuidV7((String) row[2]),
                        ErasureReason.ofWire((String) row[3]).orElseThrow(),
                        Optional.ofNullable((String) row[4]),
                        Instant.ofEpochMilli(Columns.whole(row[5])))))
        .toList();
  }
}
