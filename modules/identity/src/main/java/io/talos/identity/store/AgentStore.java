package io.talos.identity.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.did.Did;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.Agents;
import io.talos.identity.agents.DisplayName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Keeps agents in Postgres. Changes need a transaction. */
@ApplicationScoped
public class AgentStore implements Agents {
  @PersistenceContext(unitName = "identity")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public boolean add(Agent agent) {
    return rows.createNativeQuery(
                """
                insert into identity.agent
                  (did, key_agreement_key, key_agreement_signature, display_name, registered_at)
                values (?1, ?2, ?3, nullif(?4, ''), ?5)
                on conflict do nothing
                """)
            .setParameter(1, agent.did().text())
            .setParameter(2, agent.keyAgreement().publicKey().toArray())
            .setParameter(3, agent.keyAgreement().signature().toArray())
            .setParameter(4, agent.displayName().map(DisplayName::text).orElse(""))
            .setParameter(5, agent.registeredAt().atOffset(ZoneOffset.UTC))
            .executeUpdate()
        == 1;
  }

  @Override
  public Optional<Agent> find(Did did) {
    return rows.createQuery("select a from AgentRow a where a.did = :did", AgentRow.class)
        .setParameter("did", did.text())
        .getResultStream()
        .findFirst()
        .map(AgentRow::agent);
  }

  @Override
  public void rekey(Did did, Bytes key, IdentityKey keyAgreement) {
    int changed =
        rows.createQuery(
                "update AgentRow a set a.currentKey = :key, a.keyAgreementKey = :agreement,"
                    + " a.keyAgreementSignature = :certificate where a.did = :did")
            .setParameter("key", key.toArray())
            .setParameter("agreement", keyAgreement.publicKey().toArray())
            .setParameter("certificate", keyAgreement.signature().toArray())
            .setParameter("did", did.text())
            .executeUpdate();
    Check.that(changed == 1, "the agent is there");
    rows.clear();
  }

  @Override
  public boolean revoke(Did did, Instant now) {
    boolean revoked =
        rows.createQuery(
                    "update AgentRow a set a.revokedAt = :now where a.did = :did and a.revokedAt is null")
                .setParameter("now", now.atOffset(ZoneOffset.UTC))
                .setParameter("did", did.text())
                .executeUpdate()
            == 1;
    // Rows read earlier in this transaction would still say what was before.
    rows.clear();
    return revoked;
  }
}
