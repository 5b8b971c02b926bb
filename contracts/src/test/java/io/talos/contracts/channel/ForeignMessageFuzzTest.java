package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.fuzz.Foreign;

/** Mallory sends messages into an open channel. */
class ForeignMessageFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void a_message_is_refused_and_the_channel_stays_as_it_was(byte[] data) {
    Bytes bytes = Bytes.of(data);

    Foreign.read(() -> InitialMessage.decode(bytes))
        .ifPresent(
            first -> {
              assertThat(InitialMessage.decode(first.encode())).isEqualTo(first);
              Foreign.read(() -> X3dh.accept(BOBS, first.initiator().did(), first, Cast.NOW));
            });
    Foreign.read(() -> RatchetHeader.decode(bytes))
        .ifPresent(header -> assertThat(header.encode()).isEqualTo(bytes));
    Foreign.read(() -> Padding.unpad(SecretBytes.of(data)))
        .ifPresent(text -> assertThat(Padding.pad(text)).isEqualTo(SecretBytes.of(data)));
    Foreign.read(() -> OneXDialect.parseHeader(bytes));
    Foreign.read(() -> RatchetState.decode(SecretBytes.of(data)));
    int half = Math.min(RatchetHeader.SIZE, bytes.size());
    RatchetMessage message =
        new RatchetMessage(bytes.slice(0, half), bytes.slice(half, bytes.size()));
    Ratchet.receive(BOB, message);
  }

  private static final Prekeys BOBS = new Cast().bobsPrekeys;
  private static final RatchetState BOB = new Cast().channel().bob();
}
