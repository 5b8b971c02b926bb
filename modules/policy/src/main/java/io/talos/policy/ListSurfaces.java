package io.talos.policy;

import io.talos.contracts.registry.Surface;
import io.talos.contracts.registry.SurfaceRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;

/** Lists every surface in the order of ids; what is listed is what is enforced. */
@Dependent
public class ListSurfaces {
  private final SurfaceRegistry surfaces;
  private final PolicyInForce policy;

  @Inject
  ListSurfaces(SurfaceRegistry surfaces, PolicyInForce policy) {
    this.surfaces = surfaces;
    this.policy = policy;
  }

  /** All of them, with the fine limits in force; the registry bounds their number. */
  public List<Surface> list() {
    return surfaces.all().stream()
        .map(policy.current()::limited)
        .sorted(Comparator.comparing(Surface::id))
        .toList();
  }
}
