package io.talos.contracts.did;

import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where the document of a did:web lies: always an HTTPS address with a host name, never a number.
 *
 * <p>Source: the did:web method, "Read (Resolve)" and "Method-specific identifier" (a domain name,
 * no IP address; the port's colon is percent-encoded).
 *
 * @param host the host name, lower case
 * @param url the document's address
 */
public record DidWebUrl(String host, URI url) {
  private static final String WEB = "did:web:";
  private static final String PORT = "%3A";
  private static final int PORT_MAX = 65_535;

  /**
   * A last label that an address parser may read as a number makes the whole host one: {@code
   * 127.1}, {@code 2130706433}, {@code 0x7f.1} (WHATWG URL, "ends in a number").
   */
  private static final Pattern NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

  /** The address is an HTTPS one on this host. */
  public DidWebUrl {
    Check.that("https".equals(url.getScheme()), "a did:web is read over HTTPS");
    Check.that(host.equals(url.getHost()), "the address is on the DID's own host");
  }

  /**
   * The address of {@code did}'s document.
   *
   * @throws TalosException {@link ErrorCode#DID_METHOD_UNSUPPORTED} when it is no did:web, {@link
   *     ErrorCode#DID_INVALID} when its host is a number or its port none
   */
  public static DidWebUrl of(Did did) {
    if (did.method() != Did.Method.WEB) {
      throw new TalosException(ErrorCode.DID_METHOD_UNSUPPORTED, "not a did:web");
    }
    String rest = did.text().substring(WEB.length());
    int slash = rest.indexOf(':');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "/.well-known" : rest.substring(slash).replace(':', '/');
    int percent = authority.indexOf(PORT);
    String host = percent < 0 ? authority : authority.substring(0, percent);
    if (NUMBER.matcher(host).matches()) {
      throw new TalosException(ErrorCode.DID_INVALID, "a did:web names a host, not an address");
    }
    String port = percent < 0 ? "" : ":" + port(authority.substring(percent + PORT.length()));
    return new DidWebUrl(host, URI.create("https://" + host + port + path + "/did.json"));
  }

  private static int port(String digits) {
    int port = Integer.parseInt(digits);
    if (port > PORT_MAX) {
      throw new TalosException(ErrorCode.DID_INVALID, "no port has this number");
    }
    return port;
  }
}
