package io.talos.secrets.rest;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * The body of a PUT; schema {@code secrets/secret_put_request.v1}.
 *
 * @param valueB64u the secret in base64url
 */
public record SecretPutRequest(@JsonbProperty("value_b64u") String valueB64u) {
  /** Never the value. */
  @Override
  public String toString() {
    return "SecretPutRequest[redacted]";
  }
}
