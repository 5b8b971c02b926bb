package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain of links that reads well; none of its signatures is checked. Only {@link
 * CapabilityVerifier} makes a {@link Capability} of it.
 *
 * @param links 1 to {@value Limits#LINKS_MAX} links, root first; the root alone has no parent
 */
public record UnverifiedCapability(List<Link> links) {
  private static final io.talos.contracts.json.Limits JSON =
      new io.talos.contracts.json.Limits(
          Limits.JSON_BYTES_MAX, Limits.JSON_DEPTH_MAX, Limits.JSON_VALUES_MAX);

  /** Checks the shape of the chain. */
  public UnverifiedCapability {
    Check.that(!links.isEmpty(), "a chain has a root");
    Check.atMost(links.size(), Limits.LINKS_MAX, "the number of links");
    Check.that(links.get(0).terms().parent().isEmpty(), "the first link is a root");
    Check.that(
        links.stream().skip(1).allMatch(l -> l.terms().parent().isPresent()),
        "every other link has a parent");
    links = List.copyOf(links);
  }

  /**
   * Reads the {@code Talos-Capability} header: base64url of the chain's JSON.
   *
   * @throws TalosException {@link ErrorCode#CAPABILITY_INVALID} on anything that is not exactly a
   *     chain: unknown or repeated members, floats, nulls, another text than the canonical one,
   *     more than the limits
   */
  public static UnverifiedCapability parse(String header) {
    if (header.length() > Limits.HEADER_CHARACTERS_MAX) {
      throw new TalosException(ErrorCode.CAPABILITY_INVALID, "the capability is too long");
    }
    try {
      Bytes text = Base64Url.decode(header);
      UnverifiedCapability chain = read(StrictJson.parse(text, JSON));
      Check.that(CanonicalJson.encode(chain.json()).equals(text), "the text is the canonical one");
      return chain;
    } catch (IllegalArgumentException | TalosException e) {
      throw new TalosException(ErrorCode.CAPABILITY_INVALID, "not a capability", e);
    }
  }

  private static UnverifiedCapability read(JsonValue json) {
    if (!(json instanceof JsonArray array)) {
      throw new TalosException(ErrorCode.CAPABILITY_INVALID, "a chain is an array");
    }
    Check.atMost(array.size(), Limits.LINKS_MAX, "the number of links");
    List<Link> links = new ArrayList<>();
    for (JsonValue link : array) {
      if (!(link instanceof JsonObject object)) {
        throw new TalosException(ErrorCode.CAPABILITY_INVALID, "a link is an object");
      }
      links.add(Link.parse(object));
    }
    return new UnverifiedCapability(links);
  }

  /** The first link. */
  public Link root() {
    return links.get(0);
  }

  /** The last link: the one whose subject may use the chain. */
  public Link leaf() {
    return links.get(links.size() - 1);
  }

  /** The chain as JSON. */
  public JsonArray json() {
    JsonArrayBuilder array = Json.createArrayBuilder();
    links.forEach(l -> array.add(l.json()));
    return array.build();
  }

  /** The text for the {@code Talos-Capability} header. */
  public String header() {
    return Base64Url.encode(CanonicalJson.encode(json()));
  }

  /** SHA-256 of the canonical JSON of the whole chain, signatures included. */
  public Bytes hash() {
    return Sha256.of(CanonicalJson.encode(json()));
  }

  /** This chain and one more link. */
  UnverifiedCapability extendedBy(Link link) {
    List<Link> longer = new ArrayList<>(links);
    longer.add(link);
    return new UnverifiedCapability(longer).readAgain();
  }

  /** Makes sure that what was built can be read by others: it may be larger than they accept. */
  UnverifiedCapability readAgain() {
    Check.that(parse(header()).equals(this), "what was written reads the same");
    return this;
  }
}
