package io.talos.contracts.log.block;

import io.talos.contracts.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a validation found.
 *
 * @param block the block, once its form was right
 * @param passed the layers that hold, in order
 * @param faults what the layer that does not hold found; empty when all that was asked for holds
 */
public record BlockReport(Optional<Block> block, List<BlockLayer> passed, List<BlockFault> faults) {
  /** Copies. */
  public BlockReport {
    passed = List.copyOf(passed);
    faults = List.copyOf(faults);
  }

  /** Whether everything that was asked for holds. */
  public boolean isValid() {
    return faults.isEmpty();
  }

  /** The report as JSON. */
  public JsonObject json() {
    JsonArrayBuilder layers = Json.createArrayBuilder();
    passed.forEach(layer -> layers.add(name(layer)));
    JsonArrayBuilder found = Json.createArrayBuilder();
    faults.forEach(
        fault ->
            found.add(
                Json.createObjectBuilder()
                    .add("number", fault.number())
                    .add("layer", name(fault.layer()))
                    .add("statement", fault.statement())));
    return Json.createObjectBuilder()
        .add("valid", isValid())
        .add("passed", layers)
        .add("faults", found)
        .build();
  }

  /** The report for people, a line for each layer and fault. */
  public String text() {
    StringBuilder text = new StringBuilder();
    block.ifPresent(
        b -> text.append("block ").append(b.height()).append(' ').append(b.hash().hex()));
    text.append(isValid() ? " is valid\n" : " is refused\n");
    passed.forEach(layer -> text.append("  holds: ").append(name(layer)).append('\n'));
    faults.forEach(
        fault ->
            text.append("  ")
                .append(fault.number())
                .append(' ')
                .append(name(fault.layer()))
                .append(": ")
                .append(fault.statement())
                .append('\n'));
    return text.toString().stripLeading();
  }

  private static String name(BlockLayer layer) {
    return layer.name().toLowerCase(Locale.ROOT);
  }
}
