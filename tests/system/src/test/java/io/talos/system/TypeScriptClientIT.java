package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stranger's client: its types come from the document that the running server hands out, its
 * channel from code that shares nothing with ours. Skipped without node 20 on the PATH and what
 * {@code npm install} leaves in {@code client/typescript}.
 */
@OnTheStack
class TypeScriptClientIT {
  private static final Path CLIENT =
      Path.of(System.getProperty("talos.root"), "client", "typescript");
  private static final String TSC = "node_modules/typescript/bin/tsc";
  private static final int OLDEST_NODE = 20;
  private static final long SECONDS_MAX = 180;

  private final Stack stack;
  @TempDir Path folder;

  TypeScriptClientIT(Stack stack) {
    this.stack = stack;
  }

  @Test
  void it_is_made_from_the_servers_own_document_and_plays_the_story()
      throws IOException, InterruptedException {
    installed(hasNode(), "no node of version 20 or newer on the PATH");
    installed(Files.exists(CLIENT.resolve(TSC)), "npm install was not run in client/typescript");

    succeeds("bin/generate.mjs", stack.baseUri().resolve("/openapi").toString());
    succeeds(TSC, "--noEmit");
    succeeds(TSC);
    succeeds("--test", "test/");
    String said = succeeds("target/js/story.js");

    assertThat(said.lines())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("1. Alice is did:key:z6Mk"),
            second -> assertThat(second).startsWith("2. Alice may use tool:"),
            third -> assertThat(third).contains("ten frames", "in suite talos-pqxdh-2"),
            fourth -> assertThat(fourth).contains("4. Bob wrote note typescript-"));
    assertThat(stack.count(framesOf(sessionIn(said)))).isEqualTo(10);
  }

  /** With {@code -Dtalos.foreign.required} what is missing is a failure. */
  private static void installed(boolean works, String otherwise) {
    if (Boolean.getBoolean("talos.foreign.required")) {
      assertThat(works).as(otherwise).isTrue();
    }
    assumeTrue(works, otherwise);
  }

  private static String sessionIn(String said) {
    return said.replaceFirst("(?s).*through session ([0-9a-f-]{36}) .*", "$1");
  }

  private static String framesOf(String session) {
    return "select count(*) from a2a.frame where session_id = '" + session + "'";
  }

  private boolean hasNode() throws InterruptedException {
    try {
      Run run = node("-p", "process.versions.node.split('.')[0]");
      String major = run.output().strip();
      return major.matches("[0-9]{1,4}") && Integer.parseInt(major) >= OLDEST_NODE;
    } catch (IOException e) {
      return false;
    }
  }

  private String succeeds(String... arguments) throws IOException, InterruptedException {
    Run run = node(arguments);
    assertThat(run.exitCode()).as(run.output()).isZero();
    return run.output();
  }

  private record Run(int exitCode, String output) {}

  private Run node(String... arguments) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(CLIENT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "TALOS_BASE_URL", stack.baseUri().toString(),
                "TALOS_OPERATOR_TOKEN", stack.operatorToken(),
                "TALOS_MCP_SERVER", stack.notes().server()));
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new IOException("node did not end:\n" + Files.readString(output));
    }
    return new Run(process.exitValue(), Files.readString(output));
  }
}
