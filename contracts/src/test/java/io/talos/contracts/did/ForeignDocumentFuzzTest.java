package io.talos.contracts.did;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.fuzz.Foreign;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonArray;

/** Mallory serves DID documents and key histories. */
class ForeignDocumentFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void a_document_or_a_history_is_refused_or_read(byte[] data) {
    Bytes text = Bytes.of(data);

    Foreign.read(() -> WebDidDocument.read(WEB, text));
    Foreign.read(() -> StrictJson.parse(text, io.talos.contracts.json.Limits.REQUEST))
        .filter(JsonArray.class::isInstance)
        .ifPresent(json -> Foreign.read(() -> KeyHistory.fromJson(AGENT, (JsonArray) json)));
    Foreign.read(() -> StrictJson.parseObject(text, io.talos.contracts.json.Limits.REQUEST))
        .ifPresent(json -> Foreign.read(() -> KeyStatement.fromJson(json)));
  }

  private static final Did WEB = Did.parse("did:web:example.com");

  // Source: RFC 8032 §7.1, the public key of TEST 2.
  private static final Did AGENT =
      Did.parse("did:talos:3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
}
