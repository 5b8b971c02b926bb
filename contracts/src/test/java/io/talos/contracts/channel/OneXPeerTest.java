package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A peer speaks Talos 1.x; Mallory tries on it what broke the old implementations. */
@Threat("T-MITM-01")
class OneXPeerTest {
  private final Cast cast = new Cast();
  private final Bytes prekey = cast.bob.pair().publicKey();
  private final OneXPrekeyBundle bundle =
      new OneXPrekeyBundle(cast.bobSigning.publicKey(), prekey, cast.bobSigning.sign(prekey));
  private final RatchetState alice = OneXRatchet.open(bundle, Cast.dice("open"));

  @Test
  void a_forged_first_message_does_not_keep_the_genuine_one_out() {
    for (OneXDialect dialect : OneXDialect.values()) {
      OneXMessage first =
          OneXRatchet.send(alice, dialect, Bytes.utf8("hello"), Cast.dice("send")).message();
      OneXMessage forged =
          new OneXMessage(first.header(), first.nonce(), Cast.flipped(first.ciphertext(), 3));

      assertThat(OneXRatchet.accept(cast.bob.pair(), forged))
          .isEqualTo(new Received.Refused(ErrorCode.RATCHET_AUTH_FAILED));
      Received.Opened opened =
          OneXRatchet.accept(cast.bob.pair(), dialect.decode(dialect.encode(first))).orThrow();
      assertThat(opened.plaintext()).isEqualTo(Bytes.utf8("hello"));
      assertThat(RatchetState.decode(opened.next().encode())).isEqualTo(opened.next());
    }
  }

  @Test
  void headers_with_absurd_numbers_or_members_are_refused() {
    String key = Base64Url.encode(prekey);

    for (String header :
        List.of(
            "{\"dh\":\"" + key + "\",\"n\":-1,\"pn\":0}",
            "{\"dh\":\"" + key + "\",\"n\":0,\"pn\":-1}",
            "{\"dh\":\"" + key + "\",\"n\":1e40,\"pn\":0}",
            "{\"dh\":\"" + key + "\",\"n\":2147483647,\"pn\":0}",
            "{\"dh\":\"" + key + "\",\"n\":0.5,\"pn\":0}",
            "{\"dh\":\"" + key + "\",\"n\":\"0\",\"pn\":0}",
            "{\"dh\":\"" + key + "\",\"n\":0}",
            "{\"dh\":\"" + key + "\",\"n\":0,\"pn\":0,\"x\":0}",
            "{\"dh\":\"" + key + "\",\"n\":0,\"n\":0,\"pn\":0}",
            "{\"dh\":\"AAAA\",\"n\":0,\"pn\":0}",
            "",
            "null")) {
      OneXMessage message =
          new OneXMessage(Bytes.utf8(header), Bytes.of(new byte[12]), Bytes.of(new byte[16]));
      assertThat(OneXRatchet.accept(cast.bob.pair(), message))
          .isEqualTo(new Received.Refused(ErrorCode.RATCHET_INVALID_HEADER));
    }
  }

  @Test
  void an_unsigned_bundle_is_refused() {
    Refusals.assertRefused(
        ErrorCode.X3DH_INVALID_SIGNATURE,
        () ->
            OneXRatchet.open(
                new OneXPrekeyBundle(
                    cast.bobSigning.publicKey(),
                    cast.mallory.pair().publicKey(),
                    bundle.prekeySignature()),
                Cast.dice("open")));
  }

  @Test
  void a_wire_message_that_is_cut_short_is_refused() {
    for (OneXDialect dialect : OneXDialect.values()) {
      Bytes wire =
          dialect.encode(OneXRatchet.send(alice, dialect, Bytes.empty(), Cast.dice("x")).message());
      for (int size = 0; size < wire.size(); size++) {
        Bytes cut = wire.slice(0, size);
        Refusals.assertRefused(ErrorCode.RATCHET_INVALID_HEADER, () -> dialect.decode(cut));
      }
    }
  }
}
