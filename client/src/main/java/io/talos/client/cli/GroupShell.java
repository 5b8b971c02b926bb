package io.talos.client.cli;

import io.talos.client.GroupNews;
import io.talos.client.GroupSession;
import io.talos.client.Groups;
import io.talos.client.Reply;
import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One person in one group: reads a command a line, prints what happened. What others wrote is
 * printed without anything that could move the cursor.
 */
final class GroupShell {
  private static final int KEY_PACKAGES = 5;
  private static final String HELP =
      """
      create [NAME]     make a group        ready          let others add you
      join GROUP        by a welcome        come GROUP     invited, or back from outside
      add DID...        remove DID...       invite DID     close
      say TEXT          read                update         leave
      who               groups              help           quit\
      """;

  private final Groups groups;
  private final PrintWriter out;
  private Optional<GroupSession> session = Optional.empty();

  GroupShell(Groups groups, PrintWriter out) {
    this.groups = groups;
    this.out = out;
  }

  /** Until {@code quit} or the end of {@code lines}. */
  void run(BufferedReader lines) throws IOException {
    out.println(HELP);
    String line = lines.readLine();
    while (line != null && !line.strip().equals("quit")) {
      try {
        obey(line.strip());
      } catch (TalosException | IllegalArgumentException e) {
        out.println("! " + printable(String.valueOf(e.getMessage())));
      }
      out.flush();
      line = lines.readLine();
    }
  }

  private void obey(String line) {
    int end = line.indexOf(' ');
    String command = end < 0 ? line : line.substring(0, end);
    String rest = end < 0 ? "" : line.substring(end + 1).strip();
    switch (command) {
      case "" -> {}
      case "help" -> out.println(HELP);
      case "ready" -> said(groups.publishKeyPackages(KEY_PACKAGES), "others can add you");
      case "groups" -> out.println(groups.list().orThrow());
      case "create" -> enter(groups.create(Optional.of(rest).filter(name -> !name.isEmpty())));
      case "join" -> enter(groups.join(new UuidV7(rest)));
      case "come" -> enter(groups.comeBack(new UuidV7(rest)));
      default -> obeyInside(command, rest);
    }
  }

  private void obeyInside(String command, String rest) {
    GroupSession here =
        session.orElseThrow(
            () -> new TalosException(ErrorCode.TALOS_INVALID_INPUT, "no group, or no command"));
    switch (command) {
      case "add" -> said(here.add(dids(rest)), "added");
      case "remove" -> said(here.remove(dids(rest)), "removed");
      case "invite" -> said(here.invite(Did.parse(rest)), "invited");
      case "say" -> said(here.send(Bytes.utf8(rest)), "sent");
      case "update" -> said(here.update(), "fresh secrets");
      case "leave" -> said(here.leave(), "asked to leave");
      case "close" -> said(here.close(), "closed");
      case "read" -> read(here);
      case "who" -> who(here);
      default -> out.println("? " + printable(command) + "; help lists what can be said");
    }
  }

  private static List<Did> dids(String rest) {
    return Stream.of(rest.split(" +")).map(Did::parse).toList();
  }

  private void enter(Reply<GroupSession> reply) {
    said(reply, "in");
    if (reply instanceof Reply.Granted<GroupSession> granted) {
      session = Optional.of(granted.value());
      who(granted.value());
    }
  }

  private void read(GroupSession here) {
    GroupNews news = here.receive().orThrow();
    news.changes()
        .forEach(
            change ->
                out.println(
                    "* epoch "
                        + change.epoch()
                        + " by "
                        + change.author()
                        + " +"
                        + change.added()
                        + " -"
                        + change.removed()));
    news.messages().forEach(m -> out.println(m.sender() + ": " + printable(m.content().utf8())));
    news.unreadable()
        .forEach(bad -> out.println("! entry " + bad.position() + " is no message of the group"));
    if (!here.isMember()) {
      out.println("* you are no member any more");
    }
  }

  private void who(GroupSession here) {
    out.println("group " + here.id() + ", epoch " + here.epoch());
    here.members().forEach(member -> out.println("  " + member));
  }

  private void said(Reply<?> reply, String done) {
    out.println(
        reply.<String>match(
            granted -> done,
            refused ->
                "! " + refused.refusal().code() + ": " + printable(refused.refusal().title())));
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
