package io.talos.identity.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.did.Limits;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.StrictJson;
import io.talos.identity.agents.KeyHistories;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Keeps key statements in Postgres, in their canonical text. Changes need a transaction. */
@ApplicationScoped
public class KeyHistoryStore implements KeyHistories {
  private static final io.talos.contracts.json.Limits STATEMENT =
      new io.talos.contracts.json.Limits(2048, 2, 32);

  @PersistenceContext(unitName = "identity")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public void lock(Did did) {
    rows.createNativeQuery("select pg_advisory_xact_lock(hashtextextended(?1, 0))")
        .setParameter(1, "talos.agent-keys:" + did.text())
        .getSingleResult();
    // Rows read before the lock may say what was before.
    rows.clear();
  }

  @Override
  public List<KeyStatement> statements(Did did) {
    return texts(did).stream().map(KeyHistoryStore::statement).toList();
  }

  @Override
  public List<String> texts(Did did) {
    List<?> texts =
        rows.createNativeQuery(
                "select statement from identity.key_statement where did = ?1"
                    + " order by sequence limit "
                    + Limits.STATEMENTS_MAX)
            .setParameter(1, did.text())
            .getResultList();
    return texts.stream().map(Object::toString).toList();
  }

  private static KeyStatement statement(String text) {
    return KeyStatement.fromJson(StrictJson.parseObject(Bytes.utf8(text), STATEMENT));
  }

  @Override
  public void add(KeyStatement statement, Instant now) {
    rows.createNativeQuery(
            """
            insert into identity.key_statement (did, sequence, statement, key, accepted_at)
            values (?1, ?2, ?3, nullif(?4, cast('' as bytea)), ?5)
            """)
        .setParameter(1, statement.did().text())
        .setParameter(2, Math.toIntExact(statement.sequence()))
        .setParameter(3, CanonicalJson.encode(statement.toJson()).utf8())
        .setParameter(4, statement.key().orElseGet(Bytes::empty).toArray())
        .setParameter(5, now.atOffset(ZoneOffset.UTC))
        .executeUpdate();
  }

  @Override
  public boolean isUsed(Did did, Bytes key) {
    Object count =
        rows.createNativeQuery(
                "select count(*) from identity.key_statement where key = ?1 and did = ?2")
            .setParameter(1, key.toArray())
            .setParameter(2, did.text())
            .getSingleResult();
    return ((Number) count).longValue() > 0;
  }

  @Override
  public boolean isUsed(Bytes key) {
    Object count =
        rows.createNativeQuery("select count(*) from identity.key_statement where key = ?1")
            .setParameter(1, key.toArray())
            .getSingleResult();
    return ((Number) count).longValue() > 0;
  }
}
