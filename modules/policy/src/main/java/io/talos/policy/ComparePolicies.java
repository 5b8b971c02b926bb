package io.talos.policy;

import io.talos.contracts.policy.BuiltInPolicy;
import io.talos.contracts.policy.Permission;
import io.talos.contracts.policy.PolicyBinding;
import io.talos.contracts.policy.PolicyDocument;
import io.talos.contracts.policy.PolicyImpact;
import io.talos.contracts.policy.PolicyParts;
import io.talos.contracts.registry.SurfaceRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what differs between two policies, and who would gain or lose what; changes nothing. */
@Dependent
public class ComparePolicies {
  private final PolicyInForce inForce;
  private final SurfaceRegistry surfaces;
  private final InstantSource clock;

  @Inject
  ComparePolicies(PolicyInForce inForce, SurfaceRegistry surfaces, InstantSource clock) {
    this.inForce = inForce;
    this.surfaces = surfaces;
    this.clock = clock;
  }

  /** Both answers. */
  public record Comparison(Map<String, PolicyParts> parts, PolicyImpact impact) {}

  /** Compares {@code older} with {@code newer}. */
  public Comparison compare(PolicyDocument older, PolicyDocument newer) {
    return new Comparison(
        PolicyParts.between(older, newer),
        PolicyImpact.of(side(older), side(newer), permissions(older, newer), clock.instant()));
  }

  private PolicyImpact.Side side(PolicyDocument document) {
    List<PolicyBinding> bindings = new ArrayList<>(BuiltInPolicy.load().bindings());
    bindings.addAll(document.bindings());
    return new PolicyImpact.Side(inForce.compile(0, document).rules(), bindings);
  }

  private Set<Permission> permissions(PolicyDocument older, PolicyDocument newer) {
    Set<Permission> all = new LinkedHashSet<>();
    surfaces.all().stream()
        .filter(surface -> !surface.permission().isEmpty())
        .forEach(surface -> all.add(Permission.parse(surface.permission())));
    for (PolicyDocument document : List.of(older, newer)) {
      document.roles().stream()
          .flatMap(role -> role.permissions().stream())
          .filter(permission -> !permission.isPattern())
          .forEach(all::add);
    }
    return all;
  }
}
