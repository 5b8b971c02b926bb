package io.talos.secrets.rest;

import jakarta.json.bind.annotation.JsonbProperty;

/** What a PUT answers. */
public record SecretStoredResponse(
    String name, long version, @JsonbProperty("kek_id") String kekId) {}
