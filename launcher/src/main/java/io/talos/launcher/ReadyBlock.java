package io.talos.launcher;

import java.util.Locale;

/**
 * What a newcomer needs to know once the stack is up; the operator's token lies in a file that only
 * the owner can read.
 */
final class ReadyBlock {
  private ReadyBlock() {}

  static String of(TalosStack stack, double seconds) {
    var tokenFile = stack.settings().dataFolder().resolve("operator.jwt");
    OwnerOnly.write(tokenFile, stack.operatorToken());
    var base = stack.baseUri();
    return """

        READY after %s s (dev mode)
          API       %s
          OpenAPI   %s/openapi
          health    %s/health
          notes     %s  (MCP; its credential is in %s)
          log in    curl -H "Authorization: Bearer $(cat %s)" %s/gateway/mcp-servers
          logs      %s
          stop      Ctrl-C
        """
        .formatted(
            String.format(Locale.ROOT, "%.1f", seconds),
            base,
            base,
            base,
            stack.notes().uri(),
            stack.settings().dataFolder().resolve("secrets").resolve("notes-credential"),
            tokenFile,
            base,
            stack.liberty().consoleLog());
  }
}
