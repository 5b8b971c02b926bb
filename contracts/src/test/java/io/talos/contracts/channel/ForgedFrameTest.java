package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Mallory alters a frame on its way, or makes one in Alice's name. */
@Threat("T-IMPERSONATION-01")
class ForgedFrameTest {
  private static final UuidV7 SESSION = new UuidV7("01946896-1234-7567-89ab-000000000001");
  private static final Instant END = Cast.NOW.plusSeconds(60);

  private final Cast cast = new Cast();
  private final JsonObject genuine =
      Frame.sign(
              cast.aliceSigning,
              SESSION,
              7,
              Ratchet.send(cast.channel().alice(), Bytes.utf8("hello"), Cast.dice("x")).message(),
              Cast.NOW,
              END)
          .toJson();

  @Test
  void a_genuine_frame_passes_and_fits_its_schema() {
    assertThat(judge(genuine, Cast.NOW)).isEqualTo("genuine");
    assertThat(new SchemaLibrary().violations("a2a/encrypted_frame.v2", genuine)).isEmpty();
    assertThat(UnverifiedFrame.fromJson(genuine).toJson()).isEqualTo(genuine);
  }

  @Test
  void a_frame_whose_ciphertext_was_exchanged_is_refused() {
    JsonObject other = with("ciphertext_b64u", Json.createValue("AAAA"));

    assertThat(judge(other, Cast.NOW))
        .isEqualTo(ErrorCode.A2A_FRAME_CIPHERTEXT_HASH_MISMATCH.name());
  }

  @Test
  void a_frame_whose_signed_members_were_altered_is_refused() {
    for (JsonObject other :
        new JsonObject[] {
          with("sender_seq", Json.createValue(8)),
          with("session_id", Json.createValue("01946896-1234-7567-89ab-000000000002")),
          with("sender_id", Json.createValue(cast.mallory.did())),
          with("header_b64u", Json.createValue("AAAA"))
        }) {
      assertThat(judge(other, Cast.NOW)).isEqualTo(ErrorCode.A2A_FRAME_DIGEST_MISMATCH.name());
    }
  }

  @Test
  void a_frame_that_mallory_makes_in_alices_name_is_refused() {
    JsonObject mallorys =
        Frame.sign(
                cast.mallorySigning,
                SESSION,
                7,
                new RatchetMessage(Bytes.utf8("header"), Bytes.utf8("ciphertext")),
                Cast.NOW,
                END)
            .toJson();
    JsonObject resigned = with("signature", Json.createValue(mallorys.getString("signature")));

    assertThat(judge(mallorys, Cast.NOW)).isEqualTo(ErrorCode.A2A_FRAME_SIGNATURE_INVALID.name());
    assertThat(judge(resigned, Cast.NOW)).isEqualTo(ErrorCode.A2A_FRAME_SIGNATURE_INVALID.name());
  }

  @Test
  void a_frame_whose_life_was_prolonged_is_refused() {
    JsonObject prolonged = with("expires_at", Json.createValue("2027-01-01T00:00:00.000Z"));

    assertThat(judge(prolonged, Cast.NOW)).isEqualTo(ErrorCode.A2A_FRAME_SIGNATURE_INVALID.name());
  }

  @Test
  void a_frame_has_expired_at_its_very_expiry() {
    assertThat(judge(genuine, END.minusMillis(1))).isEqualTo("genuine");
    assertThat(judge(genuine, END)).isEqualTo(ErrorCode.A2A_FRAME_EXPIRED.name());
  }

  @Test
  void a_ciphertext_of_one_mebibyte_passes_and_one_byte_more_does_not() {
    JsonObject largest =
        Frame.sign(
                cast.aliceSigning,
                SESSION,
                0,
                new RatchetMessage(Bytes.utf8("h"), Bytes.of(new byte[1 << 20])),
                Cast.NOW,
                END)
            .toJson();
    JsonObject larger =
        Json.createObjectBuilder(largest)
            .add("ciphertext_b64u", Base64Url.encode(new byte[(1 << 20) + 1]))
            .build();

    assertThat(judge(largest, Cast.NOW)).isEqualTo("genuine");
    assertThat(judge(larger, Cast.NOW)).isEqualTo(ErrorCode.A2A_FRAME_SIZE_EXCEEDED.name());
  }

  @Test
  void a_frame_of_another_form_is_refused() {
    for (JsonObject other :
        new JsonObject[] {
          JsonValue.EMPTY_JSON_OBJECT,
          with("schema_version", Json.createValue("v1")),
          with("schema_id", Json.createValue("talos.a2a.session")),
          with("sender_seq", Json.createValue(-1)),
          with("sender_seq", Json.createValue(1.5)),
          with("sender_seq", Json.createValue(1L << 53)),
          with("sender_seq", Json.createValue("7")),
          with("signature", JsonValue.NULL),
          with("signature", Json.createValue("AAAA")),
          with("header_b64u", Json.createValue("")),
          with("header_b64u", Json.createValue("AA==")),
          with("frame_digest", Json.createValue("AB")),
          with("created_at", Json.createValue("2026-03-01T12:00:00Z")),
          with("created_at", Json.createValue("2026-03-02T12:00:00.000Z")),
          with("session_id", Json.createValue("x")),
          with("more", JsonValue.TRUE)
        }) {
      Refusals.assertRefused(
          ErrorCode.A2A_FRAME_SCHEMA_INVALID, () -> UnverifiedFrame.fromJson(other));
    }
  }

  private JsonObject with(String member, JsonValue value) {
    return Json.createObjectBuilder(genuine).add(member, value).build();
  }

  private String judge(JsonObject frame, Instant now) {
    return UnverifiedFrame.fromJson(frame)
        .check(cast.aliceSigning.publicKey(), now)
        .match(good -> "genuine", refused -> refused.code().name());
  }
}
