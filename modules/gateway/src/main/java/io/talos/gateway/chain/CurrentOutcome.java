package io.talos.gateway.chain;

import io.talos.gateway.mcp.McpOutcome;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries what an upstream answered from the resource to the request's outcome event. */
@RequestScoped
public class CurrentOutcome {
  private @Nullable McpOutcome forwarded;

  /** Notes an upstream's answer. */
  public void forwarded(McpOutcome answer) {
    forwarded = answer;
  }

  /** The upstream's answer, when the request was forwarded. */
  public Optional<McpOutcome> forwarded() {
    return Optional.ofNullable(forwarded);
  }
}
