package io.talos.contracts.did;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.regex.Pattern;

/**
 * Who somebody is: a DID in its one text, so that equal identities are equal values.
 *
 * <p>The native form is {@code did:key} with an Ed25519 key of full order. {@code did:talos:} with
 * the key's 64 lower-case hex digits is the alias of Talos 1.x and becomes the {@code did:key} when
 * it is read. A {@code did:web} names an organisation; only its form is looked at here, and its
 * keys are not in it.
 *
 * <p>Source: W3C DID Core 1.0 §3.1; the did:key method, §3.1 (format) and §3.1.1 (creation); the
 * did:web method, "Method-specific identifier".
 *
 * <p>Refuses with: {@link ErrorCode#DID_INVALID}, {@link ErrorCode#DID_METHOD_UNSUPPORTED}.
 */
public final class Did implements Comparable<Did> {
  private static final String KEY = "did:key:";
  private static final String TALOS = "did:talos:";
  private static final String WEB = "did:web:";

  /** Scheme and method name of any DID (DID Core §3.1), to tell an unknown method from no DID. */
  private static final Pattern ANY = Pattern.compile("did:[a-z0-9]+:[A-Za-z0-9._:%-]+");

  // Labels cannot end in a hyphen; host, then a port, then path segments that colons divide. No
  // segment starts with a full stop, so that the path of the document cannot climb.
  private static final Pattern WEB_FORM =
      Pattern.compile(
          "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*"
              + "(%3A[1-9][0-9]{0,4})?(:[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  private final Method method;
  private final String text;

  /** The public key; empty for a did:web. */
  private final Bytes key;

  /** A way in which a DID is bound to keys. */
  public enum Method {
    /** The DID is the key. */
    KEY,
    /** The DID names a document on an organisation's web server. */
    WEB
  }

  private Did(Method method, String text, Bytes key) {
    this.method = method;
    this.text = text;
    this.key = key;
  }

  /**
   * The DID of an agent's Ed25519 public key.
   *
   * @throws TalosException {@link ErrorCode#KEY_INVALID} when the key is not a point of full order
   */
  public static Did ofKey(Bytes publicKey) {
    Bytes key = Ed25519.requirePublicKey(publicKey);
    return new Did(Method.KEY, KEY + Multikey.ed25519(key).text(), key);
  }

  /** Reads a DID; aliases become the native form. */
  public static Did parse(String text) {
    if (text.length() > Limits.DID_CHARACTERS_MAX) {
      throw new TalosException(ErrorCode.DID_INVALID, "not a DID");
    }
    if (text.startsWith(KEY)) {
      return ofMultikey(text);
    }
    if (text.startsWith(TALOS)) {
      return ofAlias(text.substring(TALOS.length()));
    }
    if (!ANY.matcher(text).matches()) {
      throw new TalosException(ErrorCode.DID_INVALID, "not a DID");
    }
    if (text.startsWith(WEB)) {
      return ofWeb(text);
    }
    throw new TalosException(ErrorCode.DID_METHOD_UNSUPPORTED, "an unknown DID method");
  }

  /**
   * {@code text} with an alias in its native form; whatever is no alias of a DID stays as it is. So
   * that two names of one agent are one text to whoever compares texts.
   */
  public static String unaliased(String text) {
    if (!text.startsWith(TALOS)) {
      return text;
    }
    try {
      return parse(text).text();
    } catch (TalosException e) {
      return text;
    }
  }

  /**
   * Reads a key id: a DID URL {@code did:key:z…#z…} whose fragment is the DID's own key, or the
   * bare DID.
   */
  public static Did parseKeyUrl(String text) {
    int hash = text.indexOf('#');
    if (hash < 0) {
      return parse(text);
    }
    if (text.length() > Limits.DID_URL_CHARACTERS_MAX) {
      throw new TalosException(ErrorCode.DID_INVALID, "a DID URL is too long");
    }
    Did did = parse(text.substring(0, hash));
    if (did.method != Method.KEY || !did.multikey().equals(text.substring(hash + 1))) {
      throw new TalosException(ErrorCode.DID_INVALID, "the fragment is not the DID's own key");
    }
    return did;
  }

  private static Did ofMultikey(String text) {
    try {
      Multikey multikey = Multikey.parse(text.substring(KEY.length()));
      if (multikey.kind() == Multikey.Kind.ED25519) {
        // A multikey has one text only, so what was read need not be written again.
        return new Did(Method.KEY, text, Ed25519.requirePublicKey(multikey.key()));
      }
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.DID_INVALID, "no usable key in did:key", e);
    }
    throw new TalosException(ErrorCode.DID_INVALID, "a did:key that cannot sign");
  }

  private static Did ofAlias(String hex) {
    if (hex.length() != 2 * Ed25519.PUBLIC_KEY_SIZE) {
      throw new TalosException(ErrorCode.DID_INVALID, "a did:talos has 64 hex digits");
    }
    try {
      return ofKey(Hex.decode(hex));
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.DID_INVALID, "no usable key in did:talos", e);
    }
  }

  private static Did ofWeb(String text) {
    if (!WEB_FORM.matcher(text.substring(WEB.length())).matches()) {
      throw new TalosException(ErrorCode.DID_INVALID, "not the form of a did:web");
    }
    return new Did(Method.WEB, text, Bytes.empty());
  }

  /** How this DID is bound to its keys. */
  public Method method() {
    return method;
  }

  /** The one text of this DID. */
  public String text() {
    return text;
  }

  /**
   * The Ed25519 public key that this DID is.
   *
   * @throws TalosException {@link ErrorCode#DID_METHOD_UNSUPPORTED} for a did:web
   */
  public Bytes publicKey() {
    requireKey();
    return key;
  }

  /**
   * The key as text, {@code z6Mk…}.
   *
   * @throws TalosException {@link ErrorCode#DID_METHOD_UNSUPPORTED} for a did:web
   */
  public String multikey() {
    requireKey();
    return text.substring(KEY.length());
  }

  private void requireKey() {
    if (method != Method.KEY) {
      throw new TalosException(ErrorCode.DID_METHOD_UNSUPPORTED, "a did:web holds no key");
    }
  }

  /** The DID URL of the key: what a signature's {@code keyid} says. */
  public String keyUrl() {
    return text + "#" + multikey();
  }

  /** The alias of Talos 1.x, {@code did:talos:} and the key in hex. */
  public String alias() {
    return TALOS + publicKey().hex();
  }

  @Override
  public int compareTo(Did other) {
    return text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Did did && text.equals(did.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
