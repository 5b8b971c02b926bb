package io.talos.launcher;

import io.talos.client.story.Story;
import io.talos.client.story.StorySettings;
import io.talos.client.story.StoryStep;
import java.io.PrintStream;

/**
 * Plays the client's story against the running stack, and prints one line for each step that held.
 */
final class PlayStory {
  private final PrintStream out;

  PlayStory(PrintStream out) {
    this.out = out;
  }

  /** Whether every step held. */
  boolean heldOn(TalosStack stack) {
    out.println("The story of Alice, Bob and Mallory:");
    var settings =
        new StorySettings(
            stack.baseUri(),
            stack.operatorToken(),
            stack.notes().uri(),
            stack.notes().credential(),
            stack.folder("story"));
    var result = new Story(settings, this::tell).play();
    out.printf("%n%s%n", result.summary());
    return result.held();
  }

  private void tell(StoryStep step) {
    out.printf("  %d. %s: %s%n", step.number(), step.title(), step.proved());
  }
}
