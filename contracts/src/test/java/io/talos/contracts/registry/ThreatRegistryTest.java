package io.talos.contracts.registry;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The threat registry names every row of the threat model, each once. */
class ThreatRegistryTest {
  private final List<JsonObject> threats =
      Registries.read("threats").getJsonArray("threats").getValuesAs(JsonObject.class);

  @Test
  void every_row_of_the_threat_model_stands_once() {
    assertThat(threats).extracting(t -> t.getString("id")).doesNotHaveDuplicates().hasSize(15);
    assertThat(threats).extracting(t -> t.getString("title")).doesNotHaveDuplicates();
  }

  @Test
  @Threat("T-MITM-01")
  @Threat("T-REPLAY-01")
  void a_story_may_name_several_threats() throws NoSuchMethodException {
    Threat[] named =
        ThreatRegistryTest.class
            .getDeclaredMethod("a_story_may_name_several_threats")
            .getAnnotationsByType(Threat.class);

    assertThat(named).extracting(Threat::value).containsExactly("T-MITM-01", "T-REPLAY-01");
  }
}
