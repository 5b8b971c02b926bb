package io.talos.contracts.capability;

import static io.talos.contracts.capability.CanonicalReader.invalid;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.Multikey;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the links of a chain from its canonical text in one pass. The bytes that a signature covers
 * and those that a hash names are cut out of what was received, never written again.
 */
final class LinkReader {
  private static final int DID_CHARACTERS_MAX = 128;
  private static final int TIME_CHARACTERS_MAX = 24;
  private static final int ID_CHARACTERS_MAX = 36;
  private static final int SIGNATURE_CHARACTERS = 86;

  /** Constraint, its arrays, and what must not be in them. */
  private static final int CONSTRAINT_DEPTH = 3;

  private final Bytes chain;
  private final CanonicalReader in;

  private @Nullable String id;
  private @Nullable Did issuer;
  private @Nullable Bytes issuerKey;
  private @Nullable Did subject;
  private @Nullable String audience;
  private @Nullable Instant issuedAt;
  private @Nullable Bytes parent;
  private @Nullable Bytes signature;
  private @Nullable String version;
  private List<Scope> scope = List.of();
  private @Nullable Instant notBefore;
  private @Nullable Instant expiresAt;
  private long delegationDepth = -1;
  private OptionalLong calls = OptionalLong.empty();
  private OptionalLong spend = OptionalLong.empty();
  private List<SourceNetwork> sources = List.of();
  private List<Constraint> constraints = List.of();
  private int signatureStart;
  private int signatureEnd;

  private LinkReader(Bytes chain, CanonicalReader in) {
    this.chain = chain;
    this.in = in;
  }

  /** The links of the whole text. */
  static List<Link> readAll(Bytes chain) {
    CanonicalReader in = new CanonicalReader(chain.toArray());
    List<Link> links = new ArrayList<>(4);
    in.take('[');
    do {
      if (links.size() == Limits.LINKS_MAX) {
        throw invalid("too many links");
      }
      links.add(new LinkReader(chain, in).read());
    } while (in.takes(','));
    in.take(']');
    if (!in.isAtEnd()) {
      throw invalid("text behind the chain");
    }
    return links;
  }

  private Link read() {
    int start = in.at();
    String before = "";
    in.take('{');
    do {
      int memberStart = in.at();
      String name = in.text(Limits.NAME_CHARACTERS_MAX);
      if (name.compareTo(before) <= 0) {
        throw invalid("members out of order");
      }
      before = name;
      in.take(':');
      member(name, memberStart);
    } while (in.takes(','));
    in.take('}');
    Bytes signed = signed(start, in.at());
    return Link.read(terms(), need(signature), signed, chain.slice(start, in.at()));
  }

  private void member(String name, int start) {
    switch (name) {
      case "audience" -> audience = in.text(Limits.AUDIENCE_CHARACTERS_MAX);
      case "calls" -> calls = OptionalLong.of(in.integer(1, Limits.CALLS_MAX));
      case "constraints" -> constraints = array(Limits.CONSTRAINTS_MAX, this::constraint);
      case "delegation_depth" -> delegationDepth = in.integer(0, Limits.LINKS_MAX - 1L);
      case "expires_at" -> expiresAt = time();
      case "id" -> id = in.text(ID_CHARACTERS_MAX);
      case "issued_at" -> issuedAt = time();
      case "issuer" -> issuer = did();
      case "issuer_key" -> issuerKey = key();
      case "not_before" -> notBefore = time();
      case "parent" -> parent = Hex.decode(in.text(2 * Sha256.SIZE));
      case "scope" ->
          scope = array(Limits.SCOPES_MAX, () -> Scope.parse(in.text(Limits.SCOPE_CHARACTERS_MAX)));
      case "signature" -> signature(start);
      case "sources" -> sources = array(Limits.SOURCES_MAX, this::network);
      case "spend_micro_usd" -> spend = OptionalLong.of(in.integer(1, Limits.CALLS_MAX));
      case "subject" -> subject = did();
      case "v" -> version = in.text(Terms.VERSION.length());
      default -> throw invalid("an unknown member");
    }
  }

  private void signature(int start) {
    signature = Base64Url.decode(in.text(SIGNATURE_CHARACTERS), Ed25519.SIGNATURE_SIZE);
    signatureStart = start;
    // The comma behind goes too: "v" is still to come in every link that can be read.
    signatureEnd = in.at() + 1;
  }

  private <T> List<T> array(int max, Supplier<T> element) {
    List<T> elements = new ArrayList<>(2);
    in.take('[');
    do {
      if (elements.size() == max) {
        throw invalid("too many elements");
      }
      elements.add(element.get());
    } while (in.takes(','));
    in.take(']');
    return elements;
  }

  private Constraint constraint() {
    if (in.peek() != '{') {
      throw invalid("a constraint is an object");
    }
    return Constraint.parse(in.value(CONSTRAINT_DEPTH).asJsonObject());
  }

  private SourceNetwork network() {
    return SourceNetwork.parse(in.text(Limits.NETWORK_CHARACTERS_MAX));
  }

  private Instant time() {
    return WireTime.parse(in.text(TIME_CHARACTERS_MAX));
  }

  /** An alias is refused: it would be a second text for the same signed identity. */
  private Did did() {
    String text = in.text(DID_CHARACTERS_MAX);
    Did did = Did.parse(text);
    if (!did.text().equals(text)) {
      throw invalid("a DID is not in its native form");
    }
    return did;
  }

  private Bytes key() {
    Multikey key = Multikey.parse(in.text(DID_CHARACTERS_MAX));
    if (key.kind() != Multikey.Kind.ED25519) {
      throw invalid("the issuer's key signs");
    }
    return Ed25519.requirePublicKey(key.key());
  }

  private static <T> T need(@Nullable T value) {
    if (value == null) {
      throw invalid("a member is missing");
    }
    return value;
  }

  private Bytes signed(int start, int end) {
    need(signature);
    need(version);
    return chain.slice(start, signatureStart).concat(chain.slice(signatureEnd, end));
  }

  private Terms terms() {
    if (!need(version).equals(Terms.VERSION)) {
      throw invalid("an unknown version");
    }
    Rights rights =
        new Rights(
            scope,
            Optional.ofNullable(notBefore),
            need(expiresAt),
            (int) delegationDepth,
            calls,
            spend,
            sources,
            constraints);
    return new Terms(
        new UuidV7(need(id)),
        need(issuer),
        Optional.ofNullable(issuerKey),
        need(subject),
        Optional.ofNullable(audience),
        need(issuedAt),
        rights,
        Optional.ofNullable(parent));
  }
}
