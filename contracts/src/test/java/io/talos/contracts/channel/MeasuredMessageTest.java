package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mallory measures ciphertexts, or pads a message in a way of her own. */
@Threat("T-METADATA-01")
class MeasuredMessageTest {
  private static final int TAG = 16;

  private final Cast.Channel channel = new Cast().channel();

  @Test
  void only_the_bucket_of_a_length_shows() {
    assertThat(sizeOf(0)).isEqualTo(256 + TAG).isEqualTo(sizeOf(255));
    assertThat(sizeOf(256)).isEqualTo(1024 + TAG).isEqualTo(sizeOf(1023));
    assertThat(sizeOf(1024)).isEqualTo(4096 + TAG).isEqualTo(sizeOf(4095));
    assertThat(sizeOf(4096)).isEqualTo(16384 + TAG).isEqualTo(sizeOf(16383));
    assertThat(sizeOf(16384)).isEqualTo(65536 + TAG).isEqualTo(sizeOf(65535));
    assertThat(sizeOf(65536)).isEqualTo(131072 + TAG).isEqualTo(sizeOf(131071));
    assertThat(sizeOf(15 * 65536)).isEqualTo(Limits.CIPHERTEXT_BYTES_MAX);
    assertThat(sizeOf(Limits.PLAINTEXT_BYTES_MAX)).isEqualTo(Limits.CIPHERTEXT_BYTES_MAX);
    assertThatIllegalArgumentException().isThrownBy(() -> sizeOf(Limits.PLAINTEXT_BYTES_MAX + 1));
  }

  private int sizeOf(int plaintext) {
    Bytes text = Bytes.of(new byte[plaintext]);
    RatchetMessage message = Ratchet.send(channel.alice(), text, Cast.dice("send")).message();
    assertThat(Ratchet.receive(channel.bob(), message).orThrow().plaintext()).isEqualTo(text);
    return message.ciphertext().size();
  }

  @Test
  void a_plaintext_that_looks_like_padding_arrives_whole() {
    for (Bytes text :
        List.of(
            Bytes.of((byte) 0x80),
            Bytes.of((byte) 0x80, (byte) 0, (byte) 0),
            Bytes.of(new byte[255]),
            Bytes.utf8("x").concat(Bytes.of((byte) 0x80)))) {
      RatchetMessage message = Ratchet.send(channel.alice(), text, Cast.dice("send")).message();
      assertThat(Ratchet.receive(channel.bob(), message).orThrow().plaintext()).isEqualTo(text);
    }
  }

  @Test
  void a_genuine_message_that_is_padded_in_any_other_way_is_refused_and_changes_nothing() {
    byte[] right = Padding.pad(Bytes.utf8("pay 10")).reveal();
    byte[] noMarker = right.clone();
    noMarker[6] = 0;
    byte[] otherMarker = right.clone();
    otherMarker[6] = 0x40;
    byte[] trailing = right.clone();
    trailing[255] = 1;
    for (byte[] padded :
        List.of(
            new byte[0],
            new byte[256],
            noMarker,
            otherMarker,
            trailing,
            Arrays.copyOf(right, 7),
            Arrays.copyOf(right, 255),
            Arrays.copyOf(right, 257),
            Arrays.copyOf(right, 1024))) {
      assertThat(Ratchet.receive(channel.bob(), sealed(padded)))
          .isEqualTo(new Received.Refused(ErrorCode.RATCHET_AUTH_FAILED));
    }
    assertThat(Ratchet.receive(channel.bob(), sealed(right)).orThrow().plaintext())
        .isEqualTo(Bytes.utf8("pay 10"));
  }

  private RatchetMessage sealed(byte[] padded) {
    RatchetSteps.Sending step = RatchetSteps.send(channel.alice(), Cast.dice("send"));
    Bytes header = step.header().encode();
    return new RatchetMessage(
        header, Ratchet.seal(channel.alice(), step.messageKey(), header, SecretBytes.of(padded)));
  }
}
