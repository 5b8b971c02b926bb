package io.talos.gateway;

import io.talos.a2a.rest.FramesResource;
import io.talos.a2a.rest.GroupMessagesResource;
import io.talos.a2a.rest.GroupResource;
import io.talos.a2a.rest.GroupsResource;
import io.talos.a2a.rest.HistoryResource;
import io.talos.a2a.rest.InboxResource;
import io.talos.a2a.rest.KeyPackagesResource;
import io.talos.a2a.rest.SessionsResource;
import io.talos.audit.rest.AnchorsResource;
import io.talos.audit.rest.AuditEventsResource;
import io.talos.audit.rest.AuditLogResource;
import io.talos.audit.rest.AuditLogsResource;
import io.talos.audit.rest.AuditStreamResource;
import io.talos.audit.rest.BlocksResource;
import io.talos.audit.rest.ErasuresResource;
import io.talos.audit.rest.ExportsResource;
import io.talos.audit.rest.LogKeysResource;
import io.talos.audit.rest.StatisticsResource;
import io.talos.audit.rest.WitnessResource;
import io.talos.gateway.chain.AnswerKeeper;
import io.talos.gateway.chain.EnforcementFilter;
import io.talos.gateway.chain.OutcomeFilter;
import io.talos.gateway.chain.RouteAgreementFilter;
import io.talos.gateway.rest.McpResource;
import io.talos.gateway.rest.McpServersResource;
import io.talos.gateway.rest.VersionResource;
import io.talos.identity.rest.AgentsResource;
import io.talos.identity.rest.DidResource;
import io.talos.identity.rest.KeyHistoryResource;
import io.talos.identity.rest.OrgsResource;
import io.talos.identity.rest.PrekeysResource;
import io.talos.identity.rest.PrincipalsResource;
import io.talos.identity.rest.TeamsResource;
import io.talos.identity.rest.VirtualKeysResource;
import io.talos.identity.rest.WhoAmIResource;
import io.talos.policy.rest.AccessEvaluationResource;
import io.talos.policy.rest.AuthzenConfigurationResource;
import io.talos.policy.rest.BindingsResource;
import io.talos.policy.rest.BundlesResource;
import io.talos.policy.rest.CapabilitiesResource;
import io.talos.policy.rest.IssuerResource;
import io.talos.policy.rest.RevocationFeedResource;
import io.talos.policy.rest.RevocationsResource;
import io.talos.policy.rest.RolesResource;
import io.talos.policy.rest.SurfacesResource;
import io.talos.runtime.rest.JsonForm;
import io.talos.runtime.rest.ProblemMapper;
import io.talos.runtime.rest.ProblemWriter;
import io.talos.secrets.rest.SecretsResource;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.auth.LoginConfig;

/** Everything that Talos serves over HTTP; a test and the start-up hold it against the registry. */
@ApplicationPath("/")
@LoginConfig(authMethod = "MP-JWT")
public class TalosApplication extends Application {
  /** The resource classes of all modules. */
  public static final List<Class<?>> RESOURCES =
      List.of(
          AgentsResource.class,
          DidResource.class,
          KeyHistoryResource.class,
          PrekeysResource.class,
          OrgsResource.class,
          TeamsResource.class,
          PrincipalsResource.class,
          VirtualKeysResource.class,
          WhoAmIResource.class,
          AccessEvaluationResource.class,
          AuthzenConfigurationResource.class,
          BindingsResource.class,
          BundlesResource.class,
          RolesResource.class,
          CapabilitiesResource.class,
          IssuerResource.class,
          RevocationFeedResource.class,
          RevocationsResource.class,
          SurfacesResource.class,
          FramesResource.class,
          HistoryResource.class,
          InboxResource.class,
          SessionsResource.class,
          GroupsResource.class,
          GroupResource.class,
          GroupMessagesResource.class,
          KeyPackagesResource.class,
          AuditEventsResource.class,
          AuditLogResource.class,
          AuditLogsResource.class,
          AuditStreamResource.class,
          ExportsResource.class,
          StatisticsResource.class,
          AnchorsResource.class,
          BlocksResource.class,
          ErasuresResource.class,
          LogKeysResource.class,
          WitnessResource.class,
          SecretsResource.class,
          McpResource.class,
          McpServersResource.class,
          VersionResource.class);

  private static final List<Class<?>> PROVIDERS =
      List.of(
          EnforcementFilter.class,
          RouteAgreementFilter.class,
          OutcomeFilter.class,
          AnswerKeeper.class,
          JsonForm.class,
          ProblemMapper.class,
          ProblemWriter.class);

  @Override
  public Set<Class<?>> getClasses() {
    Set<Class<?>> classes = new LinkedHashSet<>(RESOURCES);
    classes.addAll(PROVIDERS);
    return classes;
  }
}
