package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page for those without a library says what is true: its blocks are run as they stand. */
@OnTheStack
class OpensslIT {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final long SECONDS_MAX = 60;

  private final Stack stack;
  @TempDir Path folder;

  OpensslIT(Stack stack) {
    this.stack = stack;
  }

  @Test
  void an_agent_registers_and_asks_who_it_is_with_openssl_and_curl_only()
      throws IOException, InterruptedException {
    assumeTrue(isThere("openssl") && isThere("curl") && isThere("bash"), "the tools are there");
    Path page = Path.of(System.getProperty("talos.root"), "docs/start/sign-with-openssl.md");
    String script =
        BLOCK
            .matcher(Files.readString(page))
            .results()
            .map(MatchResult::group)
            .map(block -> block.substring("```sh\n".length(), block.length() - 3))
            .collect(Collectors.joining("\n"));
    Files.writeString(folder.resolve("page.sh"), "set -e\n" + script);

    String said = run(List.of("bash", "page.sh"));

    String did = said.lines().findFirst().orElseThrow().substring("I am ".length());
    assertThat(did).startsWith("did:key:z6Mk");
    assertThat(said).contains("\"registered_at\"").contains("\"mode\":\"signed\"");
    assertThat(stack.count("select count(*) from identity.agent where did = '" + did + "'"))
        .isEqualTo(1);
  }

  private boolean isThere(String tool) throws InterruptedException {
    try {
      return new ProcessBuilder(tool, tool.equals("openssl") ? "version" : "--version")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (IOException e) {
      return false;
    }
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("SERVER", Objects.toString(stack.baseUri()));
    Process process = builder.start();
    assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(output);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
