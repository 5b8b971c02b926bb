package io.talos.client.story;

import io.talos.contracts.Check;
import java.net.URI;
import java.nio.file.Path;

/**
 * What the story is played against.
 *
 * @param baseUri the public base URI of a running Talos
 * @param operatorToken an operator's JSON Web Token, good for at least a minute
 * @param notesUri the streamable HTTP endpoint of the notes server
 * @param notesCredential what stands after "Bearer " for the notes server
 * @param workFolder where proofs are kept for whoever wants to verify them again; made when missing
 */
public record StorySettings(
    URI baseUri, String operatorToken, URI notesUri, String notesCredential, Path workFolder) {
  /** Nothing is empty. */
  public StorySettings {
    Check.that(!operatorToken.isBlank(), "there is an operator token");
    Check.that(!notesCredential.isBlank(), "there is a notes credential");
  }

  /** Neither token nor credential. */
  @Override
  public String toString() {
    return "StorySettings[" + baseUri + ", " + notesUri + "]";
  }
}
