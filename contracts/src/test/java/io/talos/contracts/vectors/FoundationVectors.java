package io.talos.contracts.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;

/** The runners of the foundation's vectors. */
public final class FoundationVectors {
  private FoundationVectors() {}

  /** {@code canonical-json.json}. */
  public static final class CanonicalJsonVectors implements VectorRunner {
    @Override
    public String file() {
      return "canonical-json";
    }

    @Override
    public void run(JsonObject group, JsonObject test) {
      Bytes text = Bytes.utf8(test.getString("json_text"));
      Bytes canonical = CanonicalJson.encode(StrictJson.parse(text, Limits.REQUEST));
      assertThat(canonical.utf8()).isEqualTo(test.getString("canonical", ""));
      // What is canonical already stays as it is.
      assertThat(CanonicalJson.encode(StrictJson.parse(canonical, Limits.REQUEST)))
          .isEqualTo(canonical);
    }
  }

  /** {@code base64url.json}. */
  public static final class Base64UrlVectors implements VectorRunner {
    @Override
    public String file() {
      return "base64url";
    }

    @Override
    public void run(JsonObject group, JsonObject test) {
      Bytes bytes = Base64Url.decode(test.getString("text"));
      assertThat(bytes.hex()).isEqualTo(test.getString("bytes_hex", ""));
      assertThat(Base64Url.encode(bytes)).isEqualTo(test.getString("text"));
    }
  }

  /** {@code did-key.json}. */
  public static final class DidVectors implements VectorRunner {
    @Override
    public String file() {
      return "did-key";
    }

    @Override
    public void run(JsonObject group, JsonObject test) {
      Did did = Did.parse(test.getString("did"));
      assertThat(did.text()).isEqualTo(test.getString("canonical", ""));
      assertThat(did.method() == Did.Method.KEY).isEqualTo(test.containsKey("public_key_hex"));
      if (did.method() == Did.Method.KEY) {
        assertThat(did.publicKey().hex()).isEqualTo(test.getString("public_key_hex"));
        assertThat(Did.ofKey(did.publicKey())).isEqualTo(did);
      }
    }
  }

  /** {@code uuidv7.json}. */
  public static final class UuidV7Vectors implements VectorRunner {
    @Override
    public String file() {
      return "uuidv7";
    }

    @Override
    public void run(JsonObject group, JsonObject test) {
      UuidV7 id = new UuidV7(test.getString("text"));
      assertThat(id.millis()).isEqualTo(test.getJsonNumber("millis").longValueExact());
    }
  }

  /** {@code wire-time.json}. */
  public static final class WireTimeVectors implements VectorRunner {
    @Override
    public String file() {
      return "wire-time";
    }

    @Override
    public void run(JsonObject group, JsonObject test) {
      long millis = WireTime.parse(test.getString("text")).toEpochMilli();
      assertThat(millis).isEqualTo(test.getJsonNumber("millis").longValueExact());
    }
  }

  /** {@code strict-json.json}. */
  public static final class StrictJsonVectors implements VectorRunner {
    @Override
    public String file() {
      return "strict-json";
    }

    @Override
    public void run(JsonObject group, JsonObject test) {
      StrictJson.parse(text(test), Limits.REQUEST);
    }

    private static Bytes text(JsonObject test) {
      if (test.containsKey("json_hex")) {
        return Hex.decode(test.getString("json_hex"));
      }
      if (test.containsKey("json_repeat")) {
        JsonObject repeat = test.getJsonObject("json_repeat");
        return Bytes.utf8(repeat.getString("text").repeat(repeat.getInt("times")));
      }
      return Bytes.utf8(test.getString("json_text"));
    }
  }
}
