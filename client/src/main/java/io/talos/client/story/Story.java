package io.talos.client.story;

import io.talos.client.TalosClient;
import io.talos.client.http.Transport;
import io.talos.client.story.Attacks.Repelled;
import io.talos.client.story.Cast.Means;
import io.talos.client.story.Conversation.Talk;
import io.talos.client.story.Delegation.Rights;
import io.talos.client.story.Proofs.Wanted;
import io.talos.client.story.ToolCall.Called;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/**
 * A short true story in seven steps, played over the public HTTP API of a running Talos. Every step
 * checks what it claims: status, code and effect. It may be played again and again on the same
 * data.
 *
 * <p>Plays once; not thread safe.
 */
public final class Story {
  private final StorySettings settings;
  private final Consumer<StoryStep> audience;
  private int step;
  private String title = "";

  /** A story that tells {@code audience} of each step when it held. */
  public Story(StorySettings settings, Consumer<StoryStep> audience) {
    this.settings = settings;
    this.audience = audience;
  }

  /** Plays; stops at the first thing that does not hold and says which. */
  public StoryResult play() {
    try {
      playAll();
      return new StoryResult(true, "The story held: " + step + " steps, each of them checked.");
    } catch (IllegalStateException | IllegalArgumentException | TalosException e) {
      return new StoryResult(
          false, "Step " + step + " (" + title + ") did not hold: " + e.getMessage() + ".");
    } catch (NullPointerException | ClassCastException e) {
      // What jakarta.json throws for a member that is missing or of another type.
      return new StoryResult(
          false,
          "Step "
              + step
              + " ("
              + title
              + ") did not hold: the server's answer has a"
              + " form that is not expected, at "
              + e.getStackTrace()[0]
              + ".");
    }
  }

  private void playAll() {
    Randomness randomness = Randomness.secure();
    Means means = new Means(Clock.systemUTC(), randomness, new UuidV7Generator(randomness));
    TalosClient talos =
        new TalosClient(settings.baseUri(), new Transport(), means.clock(), randomness);

    begin(Meeting.TITLE);
    Meeting meeting = new Meeting(settings, talos, means);
    Cast cast = meeting.play();
    tell(meeting.proved(cast));

    begin(Delegation.TITLE);
    Delegation delegation = new Delegation(settings, cast, means);
    Rights rights = delegation.play();
    tell(delegation.proved(rights));

    begin(Conversation.TITLE);
    Conversation conversation = new Conversation(cast, means);
    Talk talk = conversation.play();
    tell(conversation.proved(talk));

    begin(ToolCall.TITLE);
    ToolCall tools = new ToolCall(settings, cast, rights);
    Called called = tools.play();
    tell(tools.proved(called));

    begin(Attacks.TITLE);
    Attacks attacks = new Attacks(cast, means, rights, talk, tools, called);
    Repelled repelled = attacks.play();
    tell(attacks.proved(repelled));

    begin(Revocation.TITLE);
    Revocation revocation = new Revocation(cast, delegation, rights, tools, called);
    UuidV7 revoked = revocation.play();
    tell(revocation.proved());

    begin(Proofs.TITLE);
    Proofs proofs = new Proofs(settings, cast);
    tell(proofs.proved(proofs.play(wanted(cast, talk, called, revoked), called.request())));
  }

  private static List<Wanted> wanted(Cast cast, Talk talk, Called called, UuidV7 revoked) {
    return List.of(
        new Wanted("bobs-call.bundle.json", called.admission(), cast.bob().client().audit(), true),
        new Wanted(
            "alices-frame.bundle.json", talk.admission(), cast.alice().client().audit(), true),
        new Wanted("revocation.bundle.json", revoked, cast.operator().audit(), false));
  }

  private void begin(String next) {
    step++;
    title = next;
  }

  private void tell(String proved) {
    audience.accept(new StoryStep(step, title, proved));
  }
}
