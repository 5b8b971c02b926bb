package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which URLs a tool may be sent to: schemes, hosts, ports, and a path to stay under.
 *
 * <p>A URL that two readers could understand differently is refused before anything is compared:
 * user names, backslashes, percent signs in the host, upper case, trailing full stops, numbers that
 * stand for IPv4 addresses, letters beyond ASCII.
 *
 * <p>Source: RFC 3986 §3; WHATWG URL §3.5 (which hosts browsers take for IPv4 numbers).
 *
 * @param schemes the schemes, lower case
 * @param hosts exact hosts, and {@code *.} with a domain for every host below it
 * @param ports the ports; only the scheme's own when empty
 * @param pathPrefix what the path must lie at or below
 */
public record UrlPattern(
    List<String> schemes, List<String> hosts, List<Integer> ports, Optional<String> pathPrefix) {
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]{0,15}");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final int HOST_CHARACTERS_MAX = 253;
  private static final int PORT_MAX = 65_535;
  private static final int NO_PORT = 0;
  private static final String BELOW = "*.";

  /** Checks every part. */
  public UrlPattern {
    Check.atMost(schemes.size(), Limits.SCHEMES_MAX, "the number of schemes");
    Check.atMost(hosts.size(), Limits.CONSTRAINT_VALUES_MAX, "the number of hosts");
    Check.atMost(ports.size(), Limits.PORTS_MAX, "the number of ports");
    Check.that(schemes.stream().allMatch(s -> SCHEME.matcher(s).matches()), "schemes are schemes");
    Check.that(hosts.stream().allMatch(UrlPattern::isHostPattern), "hosts are plain hosts");
    Check.that(ports.stream().allMatch(p -> p > 0 && p <= PORT_MAX), "ports are ports");
    Check.that(!schemes.isEmpty() && !hosts.isEmpty(), "scheme and host are said");
    Check.that(pathPrefix.map(PlainPath::isAbsolute).orElse(true), "a prefix is a plain path");
    schemes = List.copyOf(schemes);
    hosts = List.copyOf(hosts);
    ports = List.copyOf(ports);
  }

  /** These schemes and hosts, at the schemes' own ports, under any path. */
  public static UrlPattern of(List<String> schemes, List<String> hosts) {
    return new UrlPattern(schemes, hosts, List.of(), Optional.empty());
  }

  static UrlPattern read(Members members) {
    return new UrlPattern(
        members.texts("schemes", Limits.SCHEMES_MAX, Limits.CONSTRAINT_CHARACTERS_MAX),
        members.texts("hosts", Limits.CONSTRAINT_VALUES_MAX, Limits.CONSTRAINT_CHARACTERS_MAX),
        members.has("ports") ? members.integers("ports", Limits.PORTS_MAX, 1, PORT_MAX) : List.of(),
        members.optionalText("path_prefix", Limits.CONSTRAINT_CHARACTERS_MAX));
  }

  void write(JsonObjectBuilder json) {
    JsonArrayBuilder schemeTexts = Json.createArrayBuilder();
    schemes.forEach(schemeTexts::add);
    JsonArrayBuilder hostTexts = Json.createArrayBuilder();
    hosts.forEach(hostTexts::add);
    json.add("schemes", schemeTexts).add("hosts", hostTexts);
    if (!ports.isEmpty()) {
      JsonArrayBuilder numbers = Json.createArrayBuilder();
      ports.forEach(numbers::add);
      json.add("ports", numbers);
    }
    pathPrefix.ifPresent(p -> json.add("path_prefix", p));
  }

  private static boolean isHostPattern(String host) {
    if (host.startsWith(BELOW)) {
      String domain = host.substring(BELOW.length());
      return isName(domain) && domain.indexOf('.') > 0;
    }
    return isHost(host);
  }

  /** A lower-case DNS name, a dotted IPv4 address, or an IPv6 address in brackets. */
  private static boolean isHost(String host) {
    if (host.startsWith("[") && host.endsWith("]")) {
      String inner = host.substring(1, host.length() - 1);
      Optional<Bytes> address = SourceNetwork.address(inner);
      return address
          .filter(a -> a.size() == 16 && SourceNetwork.format(a).equals(inner))
          .isPresent();
    }
    return isName(host) || SourceNetwork.address(host).filter(a -> a.size() == 4).isPresent();
  }

  private static boolean isName(String host) {
    if (host.length() > HOST_CHARACTERS_MAX) {
      return false;
    }
    String[] labels = host.split("\\.", -1);
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        return false;
      }
    }
    // A last label that starts with a digit could be read as an IPv4 number.
    return Character.isLetter(labels[labels.length - 1].charAt(0));
  }

  /** Whether {@code url} is plain and one of these. */
  public boolean matches(String url) {
    int colon = url.indexOf("://");
    if (url.length() > Limits.URL_CHARACTERS_MAX || colon < 0 || !isPrintable(url)) {
      return false;
    }
    String scheme = url.substring(0, colon);
    int path = firstOf(url, colon + 3, "/?#");
    int query = firstOf(url, path, "?#");
    return schemes.contains(scheme)
        && isPlace(scheme, url.substring(colon + 3, path))
        && isBelow(path == query ? "/" : url.substring(path, query));
  }

  private static boolean isPrintable(String url) {
    return url.chars().allMatch(c -> c > ' ' && c <= '~' && c != '\\');
  }

  private static int firstOf(String text, int from, String ends) {
    int at = from;
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private boolean isPlace(String scheme, String authority) {
    // Behind a bracket or, without one, at all, a colon starts the port.
    int colon = authority.indexOf(':', Math.max(0, authority.indexOf(']')));
    String host = colon < 0 ? authority : authority.substring(0, colon);
    int port = colon < 0 ? ownPort(scheme) : port(authority.substring(colon + 1));
    return isHost(host)
        && hosts.stream().anyMatch(pattern -> coversHost(pattern, host))
        && hasPort(scheme, port);
  }

  private boolean hasPort(String scheme, int port) {
    return ports.isEmpty() ? port == ownPort(scheme) : ports.contains(port);
  }

  /** The port; one that no list holds when the text is none. */
  private static int port(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > 5 || text.startsWith("0")) {
      return -1;
    }
    return Integer.parseInt(text);
  }

  private static int ownPort(String scheme) {
    return switch (scheme) {
      case "https", "wss" -> 443;
      case "http", "ws" -> 80;
      default -> NO_PORT;
    };
  }

  private boolean isBelow(String path) {
    return pathPrefix.isEmpty()
        || (PlainPath.isAbsolute(path) && PlainPath.lies(path, pathPrefix.get()));
  }

  /** Whether every URL that {@code other} has is one of these too. */
  public boolean covers(UrlPattern other) {
    return schemes.containsAll(other.schemes)
        && other.hosts.stream().allMatch(h -> hosts.stream().anyMatch(p -> coversHost(p, h)))
        && other.schemes.stream().allMatch(scheme -> coversPorts(other, scheme))
        && (pathPrefix.isEmpty()
            || other.pathPrefix.filter(p -> PlainPath.lies(p, pathPrefix.get())).isPresent());
  }

  private boolean coversPorts(UrlPattern other, String scheme) {
    List<Integer> theirs = other.ports.isEmpty() ? List.of(ownPort(scheme)) : other.ports;
    return theirs.stream().allMatch(port -> hasPort(scheme, port));
  }

  /** {@code host} is a host or itself a pattern. */
  private static boolean coversHost(String pattern, String host) {
    return pattern.equals(host)
        || (pattern.startsWith(BELOW) && host.endsWith(pattern.substring(BELOW.length() - 1)));
  }
}
