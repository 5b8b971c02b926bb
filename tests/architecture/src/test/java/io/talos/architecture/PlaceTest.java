package io.talos.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.registry.Surface.Credential;
import io.talos.gateway.TalosApplication;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlaceTest {
  @Test
  void a_package_below_a_part_is_a_room() {
    assertThat(placeOf(Base64Url.class)).contains(new Place("contracts", "codec"));
  }

  @Test
  void the_package_of_the_part_itself_is_its_front() {
    assertThat(placeOf(TalosApplication.class)).contains(new Place("gateway", Place.FRONT));
  }

  @Test
  void an_array_stands_where_its_element_stands() {
    var array =
        new ClassFileImporter()
            .importClass(Credential.class)
            .getMethod("values")
            .getRawReturnType();

    assertThat(array.isArray()).isTrue();
    assertThat(Place.of(array)).contains(new Place("contracts", "registry"));
  }

  @Test
  void what_is_not_of_talos_has_no_place() {
    assertThat(placeOf(String.class)).isEmpty();
  }

  private static Optional<Place> placeOf(Class<?> type) {
    return Place.of(new ClassFileImporter().importClass(type));
  }
}
