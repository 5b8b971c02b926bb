package io.talos.audit.rest;

import io.talos.audit.erasure.ErasedMember;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Erased members as they are told; schema {@code audit/erased_member.v1}. */
final class ErasedJson {
  private ErasedJson() {}

  static JsonArrayBuilder of(List<ErasedMember> members) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    members.forEach(member -> array.add(of(member)));
    return array;
  }

  private static JsonObjectBuilder of(ErasedMember member) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("name", member.name())
            .add("erased_at", WireTime.format(member.erasure().at()))
            .add("reason", member.erasure().reason().wire())
            .add("erasure_id", member.erasure().id().text());
    member.erasure().reference().ifPresent(text -> json.add("reference", text));
    return json;
  }
}
