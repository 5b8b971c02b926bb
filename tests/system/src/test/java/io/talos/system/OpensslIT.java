package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page for those without a library says what is true: its blocks are run as they stand. */
@OnTheStack
class OpensslIT {
  private final Stack stack;
  @TempDir Path folder;

  OpensslIT(Stack stack) {
    this.stack = stack;
  }

  @Test
  void an_agent_registers_and_asks_who_it_is_with_openssl_and_curl_only()
      throws IOException, InterruptedException {
    assumeTrue(
        PageScript.isThere("openssl") && PageScript.isThere("curl") && PageScript.isThere("bash"),
        "the tools are there");

    String said =
        PageScript.run(
            "docs/start/sign-with-openssl.md",
            folder,
            Map.of("SERVER", stack.baseUri().toString()));

    String did = said.lines().findFirst().orElseThrow().substring("I am ".length());
    assertThat(did).startsWith("did:key:z6Mk");
    assertThat(said).contains("\"registered_at\"").contains("\"mode\":\"signed\"");
    assertThat(stack.count("select count(*) from identity.agent where did = '" + did + "'"))
        .isEqualTo(1);
  }
}
