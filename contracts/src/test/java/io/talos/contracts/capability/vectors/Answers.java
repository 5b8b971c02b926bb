package io.talos.contracts.capability.vectors;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.Capability;
import io.talos.contracts.capability.CapabilityVerifier;
import io.talos.contracts.capability.IssuerKeys;
import io.talos.contracts.capability.Need;
import io.talos.contracts.capability.Presentation;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.Multikey;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The library's answers to questions of a vector file, for the verifier that a test group
 * describes.
 */
final class Answers {
  private final CapabilityVerifier verifier;

  private Answers(CapabilityVerifier verifier) {
    this.verifier = verifier;
  }

  static Answers of(JsonObject group) {
    Set<Did> trusted = texts(group, "trusted").stream().map(Did::parse).collect(Collectors.toSet());
    JsonObject keys = group.getJsonObject("issuerKeys");
    IssuerKeys known =
        (issuer, key) ->
            keys.containsKey(issuer.text())
                && texts(keys, issuer.text()).contains(Multikey.ed25519(key).text());
    return new Answers(new CapabilityVerifier(trusted, group.getString("audience"), known));
  }

  private static List<String> texts(JsonObject json, String member) {
    return json.getJsonArray(member).getValuesAs(JsonString::getString);
  }

  /**
   * What the library says.
   *
   * @param code why not; empty when it is good
   * @param capability what was verified, also when only the arguments are refused
   */
  record Answer(Optional<ErrorCode> code, Optional<Capability> capability) {
    String text() {
      return code.map(Enum::name).orElse("valid");
    }
  }

  Answer to(JsonObject question) {
    UnverifiedCapability chain;
    try {
      chain = UnverifiedCapability.parse(question.getString("capability"));
    } catch (TalosException e) {
      return new Answer(Optional.of(e.code()), Optional.empty());
    }
    Presentation shown =
        new Presentation(
            question.getString("presenter"),
            need(question.getJsonObject("need")),
            WireTime.parse(question.getString("now")),
            Optional.ofNullable(question.getString("source", null)));
    return verifier
        .verify(chain, shown)
        .match(
            good -> used(good.capability(), question),
            refused -> new Answer(Optional.of(refused.code()), Optional.empty()));
  }

  private static Answer used(Capability capability, JsonObject question) {
    boolean broken =
        question.containsKey("arguments")
            && capability
                .brokenBy(
                    StrictJson.parseObject(
                        Bytes.utf8(question.getString("arguments")), Limits.REQUEST))
                .isPresent();
    return new Answer(
        broken ? Optional.of(ErrorCode.CAPABILITY_CONSTRAINT_VIOLATED) : Optional.empty(),
        Optional.of(capability));
  }

  private static Need need(JsonObject need) {
    return switch (need.getString("kind")) {
      case "call" -> new Need.Call(need.getString("tool"), need.getString("method"));
      case "whole" -> new Need.Whole(need.getString("tool"));
      case "any" -> new Need.Any(need.getString("tool"));
      case "inspection" -> new Need.Inspection();
      default -> throw new IllegalStateException("an unknown kind of need");
    };
  }
}
