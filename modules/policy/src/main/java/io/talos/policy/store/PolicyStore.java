package io.talos.policy.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.policy.PolicyDocument;
import io.talos.contracts.policy.PolicySignature;
import io.talos.contracts.time.WireTime;
import io.talos.policy.bundles.Policies;
import io.talos.policy.bundles.PolicyDraft;
import io.talos.policy.bundles.PublishedPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps policies as canonical JSON. */
@ApplicationScoped
public class PolicyStore implements Policies {
  private static final String TIME =
      "to_char(%s at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";
  private static final String SUMMARY =
      "version, digest, "
          + TIME.formatted("published_at")
          + ", published_by, note, rolled_back_to, signer, signature";

  @PersistenceContext(unitName = "policy")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public void waitForPublishers() {
    rows.createNativeQuery(
            "select pg_advisory_xact_lock(hashtextextended('talos.policy.bundle', 0))")
        .getSingleResult();
  }

  @Override
  public long newest() {
    return ((Number)
            rows.createNativeQuery("select coalesce(max(version), 0) from policy.bundle_version")
                .getSingleResult())
        .longValue();
  }

  @Override
  public Optional<PublishedPolicy> find(long version) {
    return each(rows.createNativeQuery(
                "select " + SUMMARY + ", document from policy.bundle_version where version = ?1")
            .setParameter(1, version))
        .map(row -> new PublishedPolicy(summary(row), document(row[8])))
        .findFirst();
  }

  @Override
  public void add(PublishedPolicy policy) {
    PublishedPolicy.Summary summary = policy.summary();
    rows.createNativeQuery(
            "insert into policy.bundle_version (version, document, digest, published_at,"
                + " published_by, note, rolled_back_to, signer, signature) values (?1, ?2, ?3,"
                + " cast(?4 as timestamptz), ?5, nullif(?6, ''), nullif(?7, -1), nullif(?8, ''),"
                + " nullif(?9, ''))")
        .setParameter(1, summary.version())
        .setParameter(2, text(policy.document()))
        .setParameter(3, summary.digest())
        .setParameter(4, WireTime.format(summary.publishedAt()))
        .setParameter(5, summary.publishedBy())
        .setParameter(6, summary.note().orElse(""))
        .setParameter(7, summary.rolledBackTo().orElse(-1L))
        .setParameter(8, summary.signature().map(s -> s.key().text()).orElse(""))
        .setParameter(9, summary.signature().map(s -> Base64Url.encode(s.signature())).orElse(""))
        .executeUpdate();
  }

  @Override
  public List<PublishedPolicy.Summary> history(long before, int most) {
    return each(rows.createNativeQuery(
                "select "
                    + SUMMARY
                    + " from policy.bundle_version where version < ?1"
                    + " order by version desc limit ?2")
            .setParameter(1, before)
            .setParameter(2, most))
        .map(PolicyStore::summary)
        .toList();
  }

  @Override
  public void add(PolicyDraft draft) {
    rows.createNativeQuery(
            "insert into policy.bundle_draft (id, document, digest, created_at, created_by)"
                + " values (cast(?1 as uuid), ?2, ?3, cast(?4 as timestamptz), ?5)")
        .setParameter(1, draft.id().text())
        .setParameter(2, text(draft.document()))
        .setParameter(3, draft.digest().hex())
        .setParameter(4, WireTime.format(draft.createdAt()))
        .setParameter(5, draft.createdBy())
        .executeUpdate();
  }

  @Override
  public Optional<PolicyDraft> draft(UuidV7 id) {
    return each(rows.createNativeQuery(
                "select cast(id as text), document, "
                    + TIME.formatted("created_at")
                    + ", created_by from policy.bundle_draft where id = cast(?1 as uuid)")
            .setParameter(1, id.text()))
        .map(
            row ->
                new PolicyDraft(
                    new UuidV7(text(row[0])), document(row[1]), time(row[2]), text(row[3])))
        .findFirst();
  }

  @Override
  public boolean discard(UuidV7 id) {
    return rows.createNativeQuery("delete from policy.bundle_draft where id = cast(?1 as uuid)")
            .setParameter(1, id.text())
            .executeUpdate()
        > 0;
  }

  @Override
  public List<PolicyDraft.Summary> drafts() {
    return each(rows.createNativeQuery(
            "select cast(id as text), digest, "
                + TIME.formatted("created_at")
                + ", created_by from policy.bundle_draft order by id desc limit "
                + io.talos.policy.bundles.Limits.DRAFTS_MAX))
        .map(
            row ->
                new PolicyDraft.Summary(
                    new UuidV7(text(row[0])), text(row[1]), time(row[2]), text(row[3])))
        .toList();
  }

  private static Stream<Object[]> each(Query query) {
    List<?> found = query.getResultList();
    return found.stream().map(row -> (Object[]) row);
  }

  private static PublishedPolicy.Summary summary(Object[] row) {
    return new PublishedPolicy.Summary(
        ((Number) row[0]).longValue(),
        text(row[1]),
        time(row[2]),
        text(row[3]),
        Optional.ofNullable(row[4]).map(PolicyStore::text),
        Optional.ofNullable(row[5]).map(number -> ((Number) number).longValue()),
        Optional.ofNullable(row[6])
            .map(
                signer ->
                    new PolicySignature(Did.parse(text(signer)), Base64Url.decode(text(row[7])))));
  }

  private static String text(Object value) {
    return (String) value;
  }

  private static Instant time(Object value) {
    return WireTime.parse((String) value);
  }

  private static String text(PolicyDocument document) {
    return CanonicalJson.encode(document.json()).utf8();
  }

  private static PolicyDocument document(Object text) {
    return PolicyDocument.of(
        StrictJson.parseObject(
            Bytes.utf8((String) text),
            Limits.REQUEST.withBytesMax(io.talos.contracts.policy.Limits.DOCUMENT_BYTES_MAX)));
  }
}
