package io.talos.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A route must not escape the registry by the way it is written. */
class RoutesTest {
  @Path("things/{id}")
  public static class Things {
    @GET
    public String read() {
      return "";
    }

    @DELETE
    @Path("/parts/{rest: .+}")
    public String remove() {
      return "";
    }

    public String notAResource() {
      return "";
    }
  }

  @Test
  void routes_are_written_as_the_registry_writes_them() {
    assertThat(Routes.of(List.of(Things.class)))
        .containsExactlyInAnyOrder("GET /things/{id}", "DELETE /things/{id}/parts/{rest+}");
  }
}
