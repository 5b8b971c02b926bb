package io.talos.policy;

import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.policy.AccessScope;
import io.talos.contracts.policy.AccessSubject;
import io.talos.contracts.policy.Permission;
import io.talos.contracts.port.AgentDirectory;
import io.talos.contracts.principal.Principal;
import io.talos.policy.rights.AccessQuestion;
import io.talos.policy.rights.AccessQuestion.Answer;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Answers other gateways: may this subject do this to that resource? By roles and bindings alone; a
 * capability is shown to the one who forwards the call.
 *
 * <p>Everybody may ask about themselves. Who asks about somebody else needs the permission {@code
 * policy:evaluation:ask_any} within the scope {@code principal} with that {@code principal_id}.
 *
 * <p>Source: OpenID AuthZEN Authorization API 1.0 §5, §6, §7.
 */
@Dependent
public class EvaluateAccess {
  private static final Permission ASK_ANY = Permission.parse("policy:evaluation:ask_any");
  private static final String AGENT = "agent";

  private final PolicyInForce policy;
  private final AgentDirectory agents;
  private final CurrentRequest request;
  private final InstantSource clock;

  @Inject
  EvaluateAccess(
      PolicyInForce policy, AgentDirectory agents, CurrentRequest request, InstantSource clock) {
    this.policy = policy;
    this.agents = agents;
    this.request = request;
    this.clock = clock;
  }

  /** The answer to one question. */
  public Answer evaluate(AccessQuestion question) {
    Instant now = clock.instant();
    Principal asker = request.require().principal();
    if (!asker.id().equals(question.subjectId()) && !mayAskAbout(asker, question, now)) {
      return Answer.no("SUBJECT_NOT_YOURS_TO_ASK_ABOUT");
    }
    if (question.subjectType().equals(AGENT) && !isActive(question.subjectId())) {
      return Answer.no("SUBJECT_NOT_ACTIVE");
    }
    if (!Permission.isOfTalos(question.action())) {
      return Answer.no("RBAC_PERMISSION_DENIED");
    }
    if (!question.isExpressible()) {
      return Answer.no("RBAC_POLICY_ERROR");
    }
    AccessSubject subject =
        asker.id().equals(question.subjectId()) ? AccessSubject.of(asker) : question.subject();
    AccessDecision decision =
        policy
            .current()
            .rules()
            .decide(subject, Permission.parse(question.action()), question.scope(), now);
    return Answer.of(decision);
  }

  private boolean mayAskAbout(Principal asker, AccessQuestion question, Instant now) {
    AccessScope about = AccessScope.of("principal", Map.of("principal_id", question.subjectId()));
    return policy.current().rules().decide(AccessSubject.of(asker), ASK_ANY, about, now).allowed();
  }

  private boolean isActive(String did) {
    return agents.find(did).filter(AgentDirectory.Agent::active).isPresent();
  }
}
