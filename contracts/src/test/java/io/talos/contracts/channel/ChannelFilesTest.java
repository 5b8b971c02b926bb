package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The files of {@code contracts/vectors/channel} are what their cases say; {@code VectorFilesTest}
 * runs them. With {@code -Dtalos.vectors.write=true} they are written. Whoever does that after a
 * change of the formulas breaks every agent that is out there.
 */
class ChannelFilesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("talos.root", ".."), "contracts", "vectors", "channel");
  private static final io.talos.contracts.json.Limits LIMITS =
      new io.talos.contracts.json.Limits(8 << 20, 24, 200_000);

  private static void add(ChannelCases cases, Suite suite) {
    HandshakeStage stage = new HandshakeStage(cases, suite);
    new OpeningCases(stage).addAll();
    new AcceptanceCases(stage).addAll();
    if (suite.hasKem()) {
      new KemCases(stage).addAll();
    }
  }

  private static Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    ChannelCases x3dh = new ChannelCases("channel/x3dh-2", "Key agreement of suite talos-x3dh-2");
    add(x3dh, Suite.TALOS_X3DH_2);
    texts.put("x3dh-2.json", x3dh.text());
    ChannelCases pqxdh =
        new ChannelCases("channel/pqxdh-2", "Key agreement of suite talos-pqxdh-2");
    add(pqxdh, Suite.TALOS_PQXDH_2);
    texts.put("pqxdh-2.json", pqxdh.text());
    ChannelCases ratchet =
        new ChannelCases("channel/ratchet-2", "Double Ratchet, padding and states of both suites");
    new RatchetCases(ratchet).addAll();
    new PaddingCases(ratchet).addAll();
    texts.put("ratchet-2.json", ratchet.text());
    ChannelCases frame = new ChannelCases("channel/frame-2", "Signed frames that carry messages");
    new FrameCases(frame).addAll();
    texts.put("frame-2.json", frame.text());
    return texts;
  }

  @Test
  void every_file_is_what_its_cases_say() throws IOException {
    for (Map.Entry<String, String> file : texts().entrySet()) {
      Path path = FOLDER.resolve(file.getKey());
      if (Boolean.getBoolean("talos.vectors.write")) {
        Files.writeString(path, file.getValue());
      }
      assertThat(Files.readString(path)).as(file.getKey()).isEqualTo(file.getValue());
    }
  }

  @Test
  void there_are_more_than_two_hundred_cases_and_most_of_them_are_refused() throws IOException {
    int all = 0;
    int refused = 0;
    for (String name : texts().keySet()) {
      JsonObject file =
          StrictJson.parseObject(Bytes.of(Files.readAllBytes(FOLDER.resolve(name))), LIMITS);
      for (JsonObject group : file.getJsonArray("testGroups").getValuesAs(JsonObject.class)) {
        List<JsonObject> tests = group.getJsonArray("tests").getValuesAs(JsonObject.class);
        all += tests.size();
        refused +=
            (int) tests.stream().filter(t -> t.getString("result").equals("invalid")).count();
      }
    }

    assertThat(all).isGreaterThan(200);
    assertThat(refused * 2).isGreaterThan(all);
  }
}
