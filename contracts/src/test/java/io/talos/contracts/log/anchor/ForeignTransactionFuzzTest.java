package io.talos.contracts.log.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.fuzz.Foreign;

/** Mallory hands a verifier a transaction. */
class ForeignTransactionFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void a_transaction_is_refused_or_written_as_it_was_read(byte[] data) {
    Foreign.read(() -> SignedEvmTransaction.parse(Bytes.of(data)))
        .ifPresent(
            transaction -> {
              assertThat(transaction.raw()).isEqualTo(Bytes.of(data));
              Foreign.read(transaction::sender);
            });
  }
}
