package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain of links that reads well; none of its signatures is checked. Only {@link
 * CapabilityVerifier} makes a {@link Capability} of it. Immutable.
 */
public final class UnverifiedCapability {
  private static final Bytes OPEN = Bytes.utf8("[");
  private static final Bytes NEXT = Bytes.utf8(",");
  private static final Bytes CLOSE = Bytes.utf8("]");

  private final List<Link> links;
  private final Bytes text;

  /** Checks the shape of the chain: 1 to {@value Limits#LINKS_MAX} links, a root and no other. */
  public UnverifiedCapability(List<Link> links) {
    this(links, text(links));
  }

  private UnverifiedCapability(List<Link> links, Bytes text) {
    Check.that(!links.isEmpty(), "a chain has a root");
    Check.atMost(links.size(), Limits.LINKS_MAX, "the number of links");
    for (int i = 0; i < links.size(); i++) {
      Check.that(
          links.get(i).terms().parent().isEmpty() == (i == 0), "the root alone has no parent");
    }
    this.links = List.copyOf(links);
    this.text = text;
  }

  private static Bytes text(List<Link> links) {
    List<Bytes> parts = new ArrayList<>();
    for (Link link : links) {
      parts.add(parts.isEmpty() ? link.text() : NEXT.concat(link.text()));
    }
    parts.add(CLOSE);
    return OPEN.concat(parts.toArray(Bytes[]::new));
  }

  /**
   * Reads the {@code Talos-Capability} header: base64url of the chain's canonical JSON.
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
      return new UnverifiedCapability(LinkReader.readAll(text), text);
    } catch (IllegalArgumentException | TalosException e) {
      throw new TalosException(ErrorCode.CAPABILITY_INVALID, "not a capability", e);
    }
  }

  /** The links, root first; the root alone has no parent. */
  public List<Link> links() {
    return links;
  }

  /** The first link. */
  public Link root() {
    return links.get(0);
  }

  /** The last link: the one whose subject may use the chain. */
  public Link leaf() {
    return links.get(links.size() - 1);
  }

  /** The text for the {@code Talos-Capability} header. */
  public String header() {
    return Base64Url.encode(text);
  }

  /** SHA-256 of the canonical JSON of the whole chain, signatures included. */
  public Bytes hash() {
    return Sha256.of(text);
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

  @Override
  public boolean equals(Object other) {
    return other instanceof UnverifiedCapability chain && text.equals(chain.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "UnverifiedCapability[" + links + "]";
  }
}
