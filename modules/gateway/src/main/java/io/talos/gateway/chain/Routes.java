package io.talos.gateway.chain;

import io.talos.contracts.registry.Surface;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The routes that JAX-RS classes serve, in the registry's notation. */
public final class Routes {
  private Routes() {}

  /** Every {@code METHOD /path/{template}} that {@code resources} serve. */
  public static Set<String> of(Collection<Class<?>> resources) {
    Set<String> routes = new TreeSet<>();
    for (Class<?> resource : resources) {
      for (Method method : resource.getMethods()) {
        of(resource, method).ifPresent(routes::add);
      }
    }
    return routes;
  }

  /** The route of one resource method; empty when the method serves none. */
  static Optional<String> of(Class<?> resource, Method method) {
    Path root = resource.getAnnotation(Path.class);
    if (root == null) {
      return Optional.empty();
    }
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (verb != null) {
        Path sub = method.getAnnotation(Path.class);
        return Optional.of(verb.value() + " " + join(root.value(), sub == null ? "" : sub.value()));
      }
    }
    return Optional.empty();
  }

  /** The route of a surface. */
  static String of(Surface surface) {
    return surface.method() + " " + surface.path();
  }

  private static String join(String root, String sub) {
    String path = ("/" + root + "/" + sub).replaceAll("/+", "/");
    String trimmed =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.replaceAll("\\{([a-z_]+) *: *\\.\\+}", "{$1+}");
  }
}
