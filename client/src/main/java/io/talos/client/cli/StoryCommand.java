package io.talos.client.cli;

import io.talos.client.story.Story;
import io.talos.client.story.StoryResult;
import io.talos.client.story.StorySettings;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays the story against a running server. */
@Command(
    name = "story",
    description = "Play the story against a running server; each step is checked.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
final class StoryCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--server", required = true, description = "Public base URI of the server.")
  URI server;

  @Option(
      names = "--token-file",
      required = true,
      description = "File with an operator's JSON Web Token.")
  Path tokenFile;

  @Option(names = "--notes", required = true, description = "MCP endpoint of the notes server.")
  URI notes;

  @Option(
      names = "--notes-credential-file",
      required = true,
      description = "File with the notes server's bearer credential.")
  Path notesCredentialFile;

  @Option(names = "--work", required = true, description = "Folder to keep the proofs in.")
  Path work;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    StorySettings settings =
        new StorySettings(
            server,
            SmallFile.read(tokenFile).utf8().trim(),
            notes,
            SmallFile.read(notesCredentialFile).utf8().trim(),
            work);
    StoryResult result =
        new Story(
                settings,
                step ->
                    out.println(step.number() + " " + step.title() + ": " + step.proved() + "."))
            .play();
    out.println(result.summary());
    return result.held() ? Main.DONE : Main.REFUSED;
  }
}
