package io.talos.client.cli;

import io.talos.client.AgentHome;
import io.talos.client.Conversation;
import io.talos.client.Conversations;
import io.talos.client.Refusal;
import io.talos.client.Reply;
import io.talos.client.http.Transport;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Private conversations in a terminal. */
@Command(
    name = "chat",
    description = {
      "Talk to another agent in private; the server cannot read along.",
      "Type lines; Ctrl-D leaves, and resume goes on later; /close ends the conversation for both."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls a method
final class ChatCommand implements Runnable {
  private static final String LINGER = "How many seconds to listen on after the last line.";
  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say list, open, accept or resume.");
  }

  @Command(
      name = "list",
      description =
          "Be reachable: publish prekeys when few are left; list who waits and who talks.")
  int list(@Mixin HomeOptions options) {
    try (AgentHome home = options.open()) {
      Conversations conversations = reachable(options, home);
      out().println("I am " + home.identity().did());
      for (Conversations.Pending pending : waiting(conversations)) {
        out().println("waits " + pending.session() + " " + pending.initiator());
      }
      for (Conversation conversation : conversations.all()) {
        out().println("talks " + conversation.session() + " " + conversation.peer());
      }
      return Main.DONE;
    } catch (Refused refused) {
      return explain(refused.refusal);
    }
  }

  @Command(name = "open", description = "Open a conversation; lines wait until the peer accepts.")
  int open(
      @Mixin HomeOptions options,
      @Parameters(paramLabel = "DID", description = "The other agent.") String peer,
      @Option(names = "--linger-seconds", defaultValue = "0", description = LINGER) int linger) {
    try (AgentHome home = options.open()) {
      Conversations conversations = reachable(options, home);
      return talk(home, granted(conversations.open(Did.parse(peer))), linger);
    } catch (Refused refused) {
      return explain(refused.refusal);
    }
  }

  @Command(name = "accept", description = "Wait for an agent that opens a conversation, and talk.")
  int accept(
      @Mixin HomeOptions options,
      @Option(
              names = "--from",
              required = true,
              paramLabel = "DID",
              description = "From whom; anybody else is left waiting.")
          String peer,
      @Option(
              names = "--wait-seconds",
              defaultValue = "600",
              description = "How long to wait for it.")
          int wait,
      @Option(names = "--linger-seconds", defaultValue = "0", description = LINGER) int linger) {
    try (AgentHome home = options.open()) {
      Conversations conversations = reachable(options, home);
      Conversations.Pending pending = first(conversations, Did.parse(peer), wait);
      return talk(home, granted(conversations.accept(pending)), linger);
    } catch (Refused refused) {
      return explain(refused.refusal);
    }
  }

  @Command(name = "resume", description = "Go on with a conversation.")
  int resume(
      @Mixin HomeOptions options,
      @Parameters(paramLabel = "SESSION", description = "Its id, from list.") String session,
      @Option(names = "--linger-seconds", defaultValue = "0", description = LINGER) int linger) {
    try (AgentHome home = options.open()) {
      Conversations conversations = reachable(options, home);
      Conversation found =
          conversations
              .find(new UuidV7(session))
              .orElseThrow(
                  () ->
                      new TalosException(
                          ErrorCode.A2A_SESSION_NOT_FOUND, "no such conversation is kept here"));
      granted(found.requireNewest());
      return talk(home, found, linger);
    } catch (Refused refused) {
      return explain(refused.refusal);
    }
  }

  private Conversations reachable(HomeOptions options, AgentHome home) {
    Conversations conversations = options.conversations(home);
    granted(conversations.keepPrekeys());
    return conversations;
  }

  private static Conversations.Pending first(Conversations conversations, Did peer, int seconds) {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    while (true) {
      for (Conversations.Pending pending : waiting(conversations)) {
        if (pending.initiator().equals(peer)) {
          return pending;
        }
      }
      if (System.nanoTime() > end) {
        throw new TalosException(ErrorCode.A2A_SESSION_NOT_FOUND, "nobody opened a conversation");
      }
      Transport.pause(ASK_AGAIN);
    }
  }

  private static List<Conversations.Pending> waiting(Conversations conversations) {
    return granted(conversations.pending());
  }

  private int talk(AgentHome home, Conversation conversation, int linger) {
    out().println("Session " + conversation.session() + ", suite " + conversation.suite() + ".");
    out().println("You are   " + home.identity().did());
    out().println("You talk to " + conversation.peer());
    out()
        .println(
            "That is the peer's key. Compare it over another way: whoever has it is the peer.");
    return new ChatTerminal(conversation, out(), spec.commandLine().getErr())
        .run(System.in, Duration.ofSeconds(linger));
  }

  /** A refusal on its way out of a command. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;

    Refused(Refusal refusal) {
      super(refusal.code());
      this.refusal = refusal;
    }
  }

  private static <T> T granted(Reply<T> reply) {
    return reply.match(
        Reply.Granted::value,
        refused -> {
          throw new Refused(refused.refusal());
        });
  }

  private int explain(Refusal refusal) {
    spec.commandLine().getErr().println(refusal.code() + ": " + Console.printable(refusal.title()));
    return Main.REFUSED;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
