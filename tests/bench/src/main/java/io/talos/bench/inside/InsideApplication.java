package io.talos.bench.inside;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The bench's application inside the EAR. */
@ApplicationPath("/")
public class InsideApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(InsideResource.class);
  }
}
