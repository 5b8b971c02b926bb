package io.talos.contracts.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Aead;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Mallory can write the 1.x database and exchanges what lies in it. */
class MovedEnvelopeTest {
  private final V1SecretEnvelope envelopes = new V1SecretEnvelope(new SchemaLibrary());
  private final SecretBytes kek = SecretBytes.of(new byte[Aead.KEY_SIZE]);
  private final Bytes nonce = Bytes.of(new byte[Aead.NONCE_SIZE]);

  @Test
  void an_envelope_opens_for_the_secret_that_it_is() {
    JsonObject envelope = sealed("payroll").build();

    assertThat(envelopes.open(envelope, "payroll", this::kek)).isEqualTo(SecretBytes.utf8("money"));
  }

  @Test
  void an_envelope_moved_to_another_secret_does_not_open_whatever_it_says_of_itself() {
    String ownData = Base64Url.encode(V1SecretEnvelope.associatedData("payroll"));
    JsonObject moved = sealed("payroll").add("aad_b64u", ownData).build();

    refused(ErrorCode.DECRYPT_FAILED, () -> envelopes.open(moved, "public-notice", this::kek));
  }

  @Test
  void wrong_sizes_and_padding_are_no_envelope_and_an_unknown_key_is_said_to_be_unknown() {
    for (JsonObjectBuilder wrong :
        new JsonObjectBuilder[] {
          sealed("payroll").add("nonce_b64u", "AAAA"),
          sealed("payroll").add("tag_b64u", "AAAAAAAAAAAAAAAAAAAAAA=="),
          sealed("payroll").add("ciphertext_b64u", "A"),
          sealed("payroll").remove("tag_b64u"),
          sealed("payroll").add("alg", "none"),
        }) {
      JsonObject envelope = wrong.build();
      refused(ErrorCode.ENVELOPE_INVALID, () -> envelopes.open(envelope, "payroll", this::kek));
    }
    JsonObject unknown = sealed("payroll").add("kek_id", "k2").build();
    refused(ErrorCode.KEK_NOT_LOADED, () -> envelopes.open(unknown, "payroll", this::kek));
  }

  @Test
  void the_hex_form_opens_and_every_flipped_bit_is_noticed() {
    JsonObject good = hexForm("").build();
    JsonObject forged = hexForm("00").build();

    assertThat(envelopes.openUntied(good, this::kek)).isEqualTo(SecretBytes.utf8("money"));
    refused(ErrorCode.DECRYPT_FAILED, () -> envelopes.openUntied(forged, this::kek));
    refused(ErrorCode.ENVELOPE_INVALID, () -> envelopes.open(good, "payroll", this::kek));
  }

  private Optional<SecretBytes> kek(String id) {
    return id.equals("k1") ? Optional.of(kek) : Optional.empty();
  }

  private JsonObjectBuilder sealed(String secretId) {
    Bytes sealed = seal(V1SecretEnvelope.associatedData(secretId));
    int cut = sealed.size() - Aead.TAG_SIZE;
    return Json.createObjectBuilder()
        .add("kek_id", "k1")
        .add("nonce_b64u", Base64Url.encode(nonce))
        .add("ciphertext_b64u", Base64Url.encode(sealed.slice(0, cut)))
        .add("tag_b64u", Base64Url.encode(sealed.slice(cut, sealed.size())));
  }

  private JsonObjectBuilder hexForm(String more) {
    Bytes sealed = seal(Bytes.empty());
    int cut = sealed.size() - Aead.TAG_SIZE;
    return Json.createObjectBuilder()
        .add("schema_id", "talos.secrets.envelope")
        .add("schema_version", "v1")
        .add("kek_id", "k1")
        .add("iv", nonce.hex())
        .add("ciphertext", sealed.slice(0, cut).hex() + more)
        .add("tag", sealed.slice(cut, sealed.size()).hex())
        .add("alg", "aes-256-gcm");
  }

  private Bytes seal(Bytes data) {
    return Aead.AES_256_GCM.seal(kek, nonce, data, Bytes.utf8("money"));
  }

  private static void refused(ErrorCode code, ThrowingCallable opening) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(TalosException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
