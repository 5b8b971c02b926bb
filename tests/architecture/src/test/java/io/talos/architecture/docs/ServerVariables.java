package io.talos.architecture.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code ${talos.…}} variables of server.xml, in the order in which it names them. */
final class ServerVariables {
  private static final Pattern DEFAULT =
      Pattern.compile("<variable\\s+name=\"(talos\\.[^\"]+)\"\\s+defaultValue=\"([^\"]*)\"\\s*/>");
  private static final Pattern USE = Pattern.compile("\\$\\{(talos\\.[a-z.]+)}");
  private static final Pattern COMMENT = Pattern.compile("<!--(?s:.*?)-->");

  private static final Map<String, String> ABOUT =
      Map.ofEntries(
          Map.entry("talos.http.host", "The address that the server listens on; `*` for all."),
          Map.entry("talos.http.port", "The port for HTTP."),
          Map.entry("talos.https.port", "The port for HTTPS."),
          Map.entry("talos.keystore.password", "Opens the key store of the HTTPS certificate."),
          Map.entry("talos.jwt.issuer", "The `iss` of operators' tokens."),
          Map.entry("talos.jwt.jwks.url", "Where the issuer publishes its keys."),
          Map.entry("talos.jwt.audience", "The `aud` of operators' tokens."),
          Map.entry("talos.pg.host", "The Postgres primary."),
          Map.entry("talos.pg.port", "Its port."),
          Map.entry("talos.pg.database", "The database, on the primary and on the replica."),
          Map.entry("talos.pg.app.password", "Password of the role `talos_app`."),
          Map.entry("talos.pg.owner.password", "Password of the role `talos_owner`."),
          Map.entry("talos.pg.replica.host", "A replica, for reading; may be the primary."),
          Map.entry("talos.pg.replica.port", "Its port."));

  /**
   * One variable.
   *
   * @param standard the default; without one the environment must name it
   */
  record Variable(String name, Optional<String> standard, String about) {
    boolean isSecret() {
      return name.endsWith(".password");
    }
  }

  private ServerVariables() {}

  static List<Variable> of(Project project) {
    return read(project.text("liberty-config/server.xml"));
  }

  static List<Variable> read(String serverXml) {
    String text = COMMENT.matcher(serverXml).replaceAll("");
    Map<String, String> standards = new HashMap<>();
    Matcher defaults = DEFAULT.matcher(text);
    while (defaults.find()) {
      standards.put(defaults.group(1), defaults.group(2));
    }
    Set<String> names = new LinkedHashSet<>();
    Matcher uses = USE.matcher(text);
    while (uses.find()) {
      names.add(uses.group(1));
    }
    List<Variable> variables = new ArrayList<>();
    for (String name : names) {
      String about = ABOUT.get(name);
      if (about == null) {
        throw new IllegalStateException("ServerVariables does not say what " + name + " is");
      }
      variables.add(new Variable(name, Optional.ofNullable(standards.get(name)), about));
    }
    return variables;
  }
}
