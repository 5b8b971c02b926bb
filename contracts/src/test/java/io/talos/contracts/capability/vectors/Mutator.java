package io.talos.contracts.capability.vectors;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes the questions of vector files a little, by a seed. Half of the changes are signed and
 * hung together anew, so that the signature does not hide what the change would do.
 */
final class Mutator {
  private static final Pattern SIGNATURE = Pattern.compile("\"signature\":\"[^\"]*\",");
  private static final Pattern ISSUER = Pattern.compile("\"issuer\":\"([^\"]*)\"");
  private static final Pattern ISSUER_KEY = Pattern.compile("\"issuer_key\":\"([^\"]*)\"");
  private static final Pattern PARENT = Pattern.compile("\"parent\":\"[^\"]*\"");
  private static final Pattern VALUE =
      Pattern.compile("(?<=[:\\[,])(?:\"(?:[^\"\\\\]++|\\\\.)*+\"|-?[0-9]+|true|false)(?=[,}\\]])");
  private static final Pattern MEMBER =
      Pattern.compile("\"[a-z_]+\":(?:\"(?:[^\"\\\\]++|\\\\.)*+\"|-?[0-9]+),");
  private static final List<String> SCRAPS =
      List.of(
          "0",
          "-0",
          "1",
          "1.0",
          "1e0",
          "-1",
          "9007199254740991",
          "9007199254740992",
          "true",
          "null",
          "\"\"",
          "\"a\"",
          "[]",
          "{}",
          "[1]",
          "\"tool:notes\"",
          "\"tool:notes/method:read\"",
          "\"tool:mail\"",
          "\"2026-11-10T00:00:00.000Z\"",
          "\"2026-11-10T00:00:00.001Z\"",
          "\"192.0.2.0/24\"",
          "\"::/0\"",
          "\"/a\"",
          "\"/a/b\"",
          "\"**\"",
          "\"/a/**\"",
          "\"a*\"",
          "\"https\"",
          "\"*.a.example\"",
          "\"\\u0061\"",
          "\"\u00e9\"",
          "\"exact\"",
          "\"glob\"");
  private static final List<String> SOURCES =
      List.of("192.0.2.9", "192.0.3.9", "::ffff:192.0.2.9", "2001:db8:8000::1", "::1", "", "x");
  private static final List<String> TIMES =
      List.of(
          "2026-10-31T23:58:59.999Z",
          "2026-10-31T23:59:00.000Z",
          "2026-11-04T23:59:59.999Z",
          "2026-11-05T00:00:00.000Z",
          "2026-11-09T23:59:59.999Z",
          "2026-11-30T23:59:59.999Z",
          "2026-12-01T00:00:00.000Z",
          "2030-01-01T00:00:00.000Z");

  private final Random random;
  private final Map<String, Ed25519.KeyPair> keys = new HashMap<>();

  Mutator(long seed) {
    this.random = new Random(seed);
    for (int i = 1; i <= 12; i++) {
      Ed25519.KeyPair key = Forge.key(i);
      keys.put(Did.ofKey(key.publicKey()).text(), key);
      keys.put(Did.ofKey(key.publicKey()).multikey(), key);
    }
  }

  /** The members of a question that may differ, as one text each; missing ones are empty. */
  JsonObject mutate(JsonObject test) {
    String capability = test.getString("capability");
    JsonObjectBuilder json = Json.createObjectBuilder();
    json.add("need", test.getJsonObject("need"));
    json.add("presenter", test.getString("presenter"));
    json.add("now", test.getString("now"));
    copy(test, json, "source");
    copy(test, json, "arguments");
    switch (random.nextInt(12)) {
      case 0 -> capability = headerChanged(capability);
      case 1 -> json.add("now", one(TIMES));
      case 2 -> json.add("presenter", Forge.did(Forge.key(1 + random.nextInt(5))));
      case 3 -> json.add("source", one(SOURCES));
      case 4 -> json.add("need", need());
      case 5, 6 -> capability = textChanged(capability, false);
      default -> capability = textChanged(capability, true);
    }
    return json.add("capability", capability).build();
  }

  private static void copy(JsonObject from, JsonObjectBuilder to, String member) {
    if (from.containsKey(member)) {
      to.add(member, from.getString(member));
    }
  }

  private JsonObject need() {
    return switch (random.nextInt(4)) {
      case 0 -> Json.createObjectBuilder().add("kind", "whole").add("tool", "notes").build();
      case 1 -> Json.createObjectBuilder().add("kind", "any").add("tool", "notes").build();
      case 2 -> Json.createObjectBuilder().add("kind", "inspection").build();
      default ->
          Json.createObjectBuilder()
              .add("kind", "call")
              .add("tool", "notes")
              .add("method", one(List.of("read", "write", "a/b", "Read")))
              .build();
    };
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String headerChanged(String header) {
    if (header.isEmpty()) {
      return "A";
    }
    int at = random.nextInt(header.length());
    return switch (random.nextInt(4)) {
      case 0 -> header.substring(0, at);
      case 1 ->
          header.substring(0, at) + (char) ('!' + random.nextInt(90)) + header.substring(at + 1);
      case 2 -> header.substring(0, at) + header.substring(at + 1);
      default -> header.substring(0, at) + header.charAt(at) + header.substring(at);
    };
  }

  private String textChanged(String header, boolean again) {
    byte[] bytes;
    try {
      bytes = Base64Url.decode(header).toArray();
    } catch (io.talos.contracts.error.TalosException e) {
      return headerChanged(header);
    }
    if (bytes.length == 0) {
      return headerChanged(header);
    }
    if (!again && random.nextInt(3) == 0) {
      int at = random.nextInt(bytes.length);
      bytes[at] = (byte) (bytes[at] ^ (1 << random.nextInt(8)));
      return Base64Url.encode(bytes);
    }
    String text = changed(new String(bytes, StandardCharsets.UTF_8));
    return Forge.header(again ? signedAgain(text) : text);
  }

  private String changed(String text) {
    return switch (random.nextInt(8)) {
      case 0 -> replaced(text, MEMBER, "");
      case 1 -> doubled(text);
      case 2 -> swapped(text);
      case 3 -> inserted(text);
      case 4 ->
          text.replace(
              "tool:notes",
              one(List.of("tool:mail", "tool:notes/method:read", "tool:notes/resource:**")));
      default -> replaced(text, VALUE, one(SCRAPS));
    };
  }

  private String replaced(String text, Pattern what, String with) {
    List<int[]> found = found(text, what);
    if (found.isEmpty()) {
      return text + " ";
    }
    int[] place = found.get(random.nextInt(found.size()));
    return text.substring(0, place[0]) + with + text.substring(place[1]);
  }

  private String doubled(String text) {
    List<int[]> found = found(text, MEMBER);
    if (found.isEmpty()) {
      return text + text;
    }
    int[] place = found.get(random.nextInt(found.size()));
    return text.substring(0, place[1]) + text.substring(place[0]);
  }

  private String swapped(String text) {
    List<int[]> found = found(text, MEMBER);
    if (found.size() < 2) {
      return "[" + text + "]";
    }
    int i = random.nextInt(found.size() - 1);
    int[] a = found.get(i);
    int[] b = found.get(i + 1);
    return text.substring(0, a[0])
        + text.substring(b[0], b[1])
        + text.substring(a[1], b[0])
        + text.substring(a[0], a[1])
        + text.substring(b[1]);
  }

  private String inserted(String text) {
    int at = random.nextInt(text.length() + 1);
    String with = one(List.of(" ", "\n", ",", "0", "\"", "\\", "]", "}", "\u00e9", "\0"));
    return text.substring(0, at) + with + text.substring(at);
  }

  private static List<int[]> found(String text, Pattern what) {
    List<int[]> found = new ArrayList<>();
    Matcher matcher = what.matcher(text);
    while (matcher.find()) {
      found.add(new int[] {matcher.start(), matcher.end()});
    }
    return found;
  }

  /** Signs every link with the key that it names, if it is a known one, and mends the parents. */
  private String signedAgain(String text) {
    if (!text.startsWith("[{") || !text.endsWith("}]")) {
      return text;
    }
    StringBuilder chain = new StringBuilder("[");
    String before = "";
    for (String part :
        text.substring(1, text.length() - 1)
            .split("(?<=\\}),(?=\\{\"(?:audience|calls|constraints|delegation_depth)\")", -1)) {
      String link =
          before.isEmpty()
              ? part
              : PARENT
                  .matcher(part)
                  .replaceFirst("\"parent\":\"" + Sha256.of(Bytes.utf8(before)).hex() + "\"");
      before = linkSigned(link);
      chain.append(chain.length() == 1 ? "" : ",").append(before);
    }
    return chain.append(']').toString();
  }

  private String linkSigned(String link) {
    Matcher named = ISSUER_KEY.matcher(link);
    Matcher issuer = ISSUER.matcher(link);
    String signer = named.find() ? named.group(1) : issuer.find() ? issuer.group(1) : "";
    Ed25519.KeyPair key = keys.get(signer);
    Matcher signature = SIGNATURE.matcher(link);
    if (key == null || !signature.find()) {
      return link;
    }
    String terms = signature.replaceFirst("");
    String fresh = "\"signature\":\"" + Base64Url.encode(key.sign(Bytes.utf8(terms))) + "\",";
    return link.substring(0, signature.start()) + fresh + link.substring(signature.end());
  }
}
