package io.talos.client.story;

import io.talos.client.AgentClient;
import io.talos.client.Channel;
import io.talos.client.Channel.Message;
import io.talos.client.Identity;
import io.talos.client.Sessions;
import io.talos.client.story.Cast.Means;
import io.talos.client.story.Cast.Player;
import io.talos.contracts.Bytes;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.id.UuidV7;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Step 3: Alice and Bob talk; the server carries what it cannot read. */
final class Conversation {
  static final String TITLE = "A private session";
  private static final int ONE_TIME_PREKEYS = 4;
  private static final List<Integer> ALICES_ORDER = List.of(0, 2, 1, 4, 3);
  private static final List<Integer> BOBS_ORDER = List.of(3, 0, 1, 4, 2);

  private final Cast cast;
  private final Means means;

  Conversation(Cast cast, Means means) {
    this.cast = cast;
    this.means = means;
  }

  /**
   * What came of it.
   *
   * @param alicesFrame one of Alice's frames as the server took it
   * @param admission the event that recorded Alice sending that frame
   */
  record Talk(Channel alices, Channel bobs, Frame alicesFrame, UuidV7 admission) {
    UuidV7 session() {
      return alices.session();
    }
  }

  private record Delivery(Frame first, UuidV7 firstAdmission) {}

  Talk play() {
    Identity bob =
        cast.bob()
            .identity()
            .withFreshPrekeys(ONE_TIME_PREKEYS, means.randomness(), means.clock().instant());
    AgentClient bobs = cast.talos().agent(bob);
    Claim.granted("publishing Bob's prekeys", bobs.publishPrekeys(bob));
    Channel alice =
        Claim.granted("opening a session", cast.alice().client().sessions().open(cast.bob().did()))
            .value();
    Sessions.Accepted accepted =
        Claim.granted(
                "accepting the session",
                bobs.sessions().accept(alice.session(), cast.alice().did()))
            .value();
    Claim.that(
        accepted.remaining().prekeys().oneTime().size() == ONE_TIME_PREKEYS - 1
            // and the one of last resort
            && accepted.remaining().prekeys().kem().size() == ONE_TIME_PREKEYS,
        "no one-time prekey of either kind was used up");
    Delivery sent = exchange(cast.alice(), alice, accepted.channel(), ALICES_ORDER);
    exchange(cast.bob(), accepted.channel(), alice, BOBS_ORDER);
    return new Talk(alice, accepted.channel(), sent.first(), sent.firstAdmission());
  }

  String proved(Talk talk) {
    return "ten frames went through session "
        + talk.session()
        + ", some out of order, and each was read as it was written; what the server handed out"
        + " holds no word of them";
  }

  /** Writes five messages, sends them in {@code order}, and reads them at the other end. */
  private Delivery exchange(Player sender, Channel from, Channel to, List<Integer> order) {
    List<Bytes> texts = new ArrayList<>();
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      texts.add(Bytes.utf8("This is " + sender.name() + "'s message number " + i + "."));
      frames.add(from.seal(texts.get(i)));
    }
    Optional<UuidV7> admission = Optional.empty();
    for (int i : order) {
      var sent = Claim.granted("sending a frame", from.submit(frames.get(i)));
      admission = admission.or(() -> sent.receipt().admissionId());
    }
    List<Message> read = Claim.granted("receiving frames", to.receive()).value();
    Claim.that(read.size() == order.size(), "other frames arrived than were sent");
    for (int i = 0; i < order.size(); i++) {
      requireSame(read.get(i), texts.get(order.get(i)), order.get(i));
    }
    return new Delivery(
        frames.get(order.get(0)),
        admission.orElseThrow(
            () -> new IllegalStateException("the server named no admission event")));
  }

  private static void requireSame(Message message, Bytes text, int number) {
    Claim.that(
        message.frame().content().senderSeq() == number,
        "frames were delivered in another order than the server took them");
    Claim.that(message.plaintext().equals(text), "a message changed on its way");
    JsonObject carried = message.frame().toJson();
    Claim.that(
        !message.frame().content().ciphertext().hex().contains(text.hex())
            && !carried.toString().contains(text.utf8()),
        "the server had a message in the clear");
  }
}
