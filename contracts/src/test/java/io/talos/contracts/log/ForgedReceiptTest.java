package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.AdmissionReceipt.Fit;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mallory wants to show a receipt that the server never signed, or a log that fits another. */
class ForgedReceiptTest {
  private static final Path FILE =
      Path.of(System.getProperty("talos.root", ".."), "contracts/vectors/log/receipts.json");

  private final JsonObject vectors = vectors();
  private final NoteKey key = NoteKey.parse(vectors.getString("vkey"));
  private final AdmissionReceipt receipt =
      AdmissionReceipt.open(AdmissionReceipt.note(headers("valid").get(0)), key);

  private static JsonObject vectors() {
    try {
      return StrictJson.parseObject(
          Bytes.of(Files.readAllBytes(FILE)), new Limits(1 << 18, 4, 1000));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> headers(String which) {
    return vectors().getJsonArray(which).getValuesAs(JsonObject.class).stream()
        .map(row -> row.getString("header"))
        .toList();
  }

  static Stream<String> valid() {
    return headers("valid").stream();
  }

  static Stream<String> invalid() {
    return headers("invalid").stream();
  }

  @ParameterizedTest
  @MethodSource
  void valid(String header) {
    AdmissionReceipt opened = AdmissionReceipt.open(AdmissionReceipt.note(header), key);

    assertThat(opened.origin() + "/receipts").isEqualTo(key.name());
    assertThat(AdmissionReceipt.header(AdmissionReceipt.note(header))).isEqualTo(header);
  }

  @ParameterizedTest
  @MethodSource
  void invalid(String header) {
    assertRefused(header);
  }

  private void assertRefused(String header) {
    assertThatThrownBy(() -> AdmissionReceipt.open(AdmissionReceipt.note(header), key))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROOF_INVALID));
  }

  @Test
  void the_receipt_says_what_the_vectors_say() {
    JsonObject said = vectors.getJsonObject("receipt");

    assertThat(receipt.eventId().text()).isEqualTo(said.getString("event_id"));
    assertThat(receipt.eventHash()).isEqualTo(Hex.decode(said.getString("event_hash")));
    assertThat(receipt.source() + " " + receipt.sourceSeq()).isEqualTo(said.getString("place"));
    assertThat(receipt.ts()).isEqualTo(WireTime.parse(said.getString("ts")));
  }

  @Test
  void no_character_of_a_receipt_can_be_changed() {
    String genuine = headers("valid").get(0);
    for (int i = 0; i < genuine.length(); i++) {
      char other = genuine.charAt(i) == 'A' ? 'B' : 'A';
      assertRefused(genuine.substring(0, i) + other + genuine.substring(i + 1));
    }
  }

  @Test
  void a_header_that_is_too_long_is_not_read() {
    assertRefused("A".repeat(io.talos.contracts.log.Limits.RECEIPT_CHARACTERS_MAX + 1));
  }

  private LogLeaf entry(String source, long number, Bytes hash) {
    return new LogLeaf(7, source, number, "request.admitted", receipt.ts(), hash);
  }

  @Test
  void only_the_acknowledged_event_at_its_place_is_what_the_receipt_names() {
    Bytes hash = receipt.eventHash();
    Bytes another = Sha256.of(Bytes.utf8("another"));
    long number = receipt.sourceSeq();

    assertThat(receipt.fits(entry(receipt.source(), number, hash))).isEqualTo(Fit.NAMED);
    assertThat(receipt.fits(entry(receipt.source(), number, another))).isEqualTo(Fit.CONTRADICTED);
    assertThat(receipt.fits(entry(receipt.source(), number + 1, hash))).isEqualTo(Fit.CONTRADICTED);
    assertThat(receipt.fits(entry("node-2/3", number, hash))).isEqualTo(Fit.CONTRADICTED);
    assertThat(receipt.fits(entry(receipt.source(), number + 1, another))).isEqualTo(Fit.OTHER);
  }

  @Test
  void the_acknowledged_event_with_another_content_contradicts_wherever_it_stands() {
    LogLeaf elsewhere = entry("node-2/0", 1, Sha256.of(Bytes.utf8("another")));
    UuidV7 another = new UuidV7("0190a5e0-7c3a-7000-8000-000000000002");

    assertThat(receipt.fits(elsewhere, receipt.eventId())).isEqualTo(Fit.CONTRADICTED);
    assertThat(receipt.fits(elsewhere, another)).isEqualTo(Fit.OTHER);
    assertThat(
            receipt.fits(
                entry(receipt.source(), receipt.sourceSeq(), receipt.eventHash()),
                receipt.eventId()))
        .isEqualTo(Fit.NAMED);
  }

  @Test
  void an_entry_of_another_time_contradicts() {
    LogLeaf later =
        new LogLeaf(
            7,
            receipt.source(),
            receipt.sourceSeq(),
            "request.admitted",
            receipt.ts().plusMillis(1),
            receipt.eventHash());

    assertThat(receipt.fits(later)).isEqualTo(Fit.CONTRADICTED);
  }
}
