package io.talos.bench.micro;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.entity.Entities;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The peer of a decision by roles: cedar-java, whose engine is a native library behind JSON. Twenty
 * roles permit one thing each, one of them is the caller's, and one policy forbids a method.
 * Policies and entities are made beforehand; {@code cached} also leaves the parsed policies with
 * the engine, as cedar-java offers. It checks no signature: that is a {@link CapabilityBenchmark}'s
 * matter.
 */
@State(Scope.Benchmark)
public class CedarBenchmark {
  private static final int ROLES = 20;
  private static final String PERMITTED = "notes";

  private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
  private final EntityUID agent =
      uid("Agent", "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK");
  private final EntityUID role = uid("Role", "role-7");
  private final EntityUID tool = uid("Tool", PERMITTED);
  private final Entities entities =
      new Entities(Set.of(new Entity(agent, Set.of(role)), new Entity(role), new Entity(tool)));
  private final AuthorizationRequest request =
      new AuthorizationRequest(
          agent,
          uid("Action", "call"),
          tool,
          Map.<String, Value>of("method", new PrimString("read")));
  private PolicySet policies = new PolicySet();

  /** Whether the engine keeps the parsed policies. */
  @Param({"false", "true"})
  public boolean cached;

  private static EntityUID uid(String type, String id) {
    return EntityTypeName.parse(type).orElseThrow().of(id);
  }

  /** Writes the policies. */
  @Setup(Level.Trial)
  public void write() throws AuthException, CacheException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ROLES; i++) {
      String thing = i == 7 ? PERMITTED : "tool-" + i;
      text.append(
          """
          permit(principal in Role::"role-%d", action == Action::"call", resource == Tool::"%s");
          """
              .formatted(i, thing));
    }
    text.append(
        """
        forbid(principal, action, resource) when { context.method == "erase" };
        """);
    policies = PolicySet.parsePolicies(text.toString());
    if (cached) {
      policies.cache();
    }
  }

  /** Decides. */
  @Benchmark
  public boolean authorize() throws AuthException {
    return Outcome.held(
        engine
            .isAuthorized(request, policies, entities)
            .success
            .map(AuthorizationSuccessResponse::isAllowed)
            .orElse(false));
  }
}
