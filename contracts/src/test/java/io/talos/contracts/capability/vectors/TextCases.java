package io.talos.contracts.capability.vectors;

import static io.talos.contracts.capability.vectors.Forge.ALICE;
import static io.talos.contracts.capability.vectors.Forge.AUTHORITY;
import static io.talos.contracts.capability.vectors.Forge.chain;
import static io.talos.contracts.capability.vectors.Forge.did;
import static io.talos.contracts.capability.vectors.Forge.header;
import static io.talos.contracts.capability.vectors.Forge.root;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** There is one text for a capability: whatever else says the same is refused. */
final class TextCases {
  private static final String FLAG = "Canonical";
  private final List<Case> cases = new ArrayList<>();

  private TextCases() {}

  static List<Case> all() {
    TextCases made = new TextCases();
    made.otherTexts();
    made.numbers();
    made.texts();
    made.bytes();
    made.headers();
    return made.cases;
  }

  /** Signed over the text as it stands, so that nothing else is wrong. */
  private void rewritten(String comment, UnaryOperator<String> change) {
    String terms = change.apply(root().terms());
    String signature = Base64Url.encode(AUTHORITY.sign(Bytes.utf8(terms)));
    String link = terms.replace("\"subject\"", "\"signature\":\"" + signature + "\",\"subject\"");
    cases.add(bad(comment, chain(link)));
  }

  private static Case bad(String comment, String text) {
    return Case.bad(FLAG, comment, text, did(ALICE), ErrorCode.CAPABILITY_INVALID);
  }

  private void otherTexts() {
    String good = chain(root().signed());
    cases.add(Case.good(FLAG, "the canonical text", good, did(ALICE)));
    rewritten("a space behind a comma", t -> t.replace(",\"id\"", ", \"id\""));
    rewritten("a space behind a colon", t -> t.replace("\"id\":", "\"id\": "));
    rewritten("members in another order", TextCases::swapped);
    rewritten(
        "a member twice, with the same value",
        t -> t.replace("\"id\"", "\"delegation_depth\":3,\"id\""));
    rewritten(
        "a member twice, with another value",
        t -> t.replace("\"id\"", "\"delegation_depth\":9,\"id\""));
    rewritten("a member that is null", t -> t.replace("\"id\"", "\"calls\":null,\"id\""));
    rewritten("an unknown member", t -> t.replace("\"v\"", "\"unknown\":1,\"v\""));
    rewritten(
        "an unknown member with an empty name",
        t -> t.replace("{\"audience\"", "{\"\":1,\"audience\""));
    rewritten("an escaped member name", t -> t.replace("\"id\"", "\"\\u0069d\""));
    rewritten("a comma at the end", t -> t.replace("\"}", "\",}"));
    rewritten("a comment", t -> t.replace("{\"audience\"", "{/**/\"audience\""));
    cases.add(bad("a line feed at the end", good + "\n"));
    cases.add(bad("a space at the start", " " + good));
    cases.add(bad("a NUL at the end", good + "\0"));
    cases.add(bad("two chains", good + good));
    cases.add(bad("an unclosed array", good.substring(0, good.length() - 1)));
    cases.add(bad("a comma behind the last link", good.replace("}]", "},]")));
    cases.add(bad("an array in the array", "[" + good + "]"));
    cases.add(bad("no link", "[]"));
    cases.add(bad("nothing", ""));
    cases.add(bad("null", "null"));
    cases.add(bad("a link without its array", root().signed()));
  }

  private static String swapped(String terms) {
    String id = terms.replaceFirst(".*(\"id\":\"[^\"]*\",).*", "$1");
    return terms.replace(id, "").replace("\"delegation_depth\"", id + "\"delegation_depth\"");
  }

  private void numbers() {
    for (String number :
        List.of("-0", "3.0", "3e0", "0.3e1", "03", "+3", "0x3", "\"3\"", "true", "[3]", "NaN")) {
      rewritten(
          "a depth of " + number,
          t -> t.replace("\"delegation_depth\":3", "\"delegation_depth\":" + number));
    }
  }

  private void texts() {
    valued(
        "short escapes where there are any", "a\\b\\t\\n\\f\\r\\\"\\\\b", "a\b\t\n\f\r\"\\b", true);
    valued("six characters for the other controls", "\\u0000\\u001f", "\0\u001f", true);
    valued(
        "DEL, line separator and beyond stand for themselves",
        "\u007f\u2028\uFFFF\uD83D\uDE00",
        "\u007f\u2028\uFFFF\uD83D\uDE00",
        true);
    valued("decomposed is not composed", "e\u0301", "e\u0301", true);
    valued("an escaped letter", "\\u0061", "a", false);
    valued("an escaped solidus", "\\/", "/", false);
    valued("upper-case digits in an escape", "\\u001F", "\u001f", false);
    valued("six characters where two are enough", "\\u000a", "\n", false);
    valued("an escaped DEL", "\\u007f", "\u007f", false);
    valued("an escaped pair of surrogates", "\\ud83d\\ude00", "\uD83D\uDE00", false);
    valued("a lone surrogate", "\\ud83d", "x", false);
    valued("a raw line feed in a text", "\n", "\n", false);
    valued("a raw NUL in a text", "\0", "\0", false);
    valued("an escape that does not exist", "\\x41", "A", false);
  }

  /** A text in a constraint, as it is written and as it is meant. */
  private void valued(String comment, String written, String meant, boolean good) {
    String constraint = "{\"pointer\":\"/x\",\"type\":\"exact\",\"value\":\"" + written + "\"}";
    String arguments =
        io.talos.contracts.json.CanonicalJson.encode(
                io.talos.contracts.json.Json.createObjectBuilder().add("x", meant).build())
            .utf8();
    String text = chain(root().constrained(constraint).signed());
    Case made = good ? Case.good(FLAG, comment, text, did(ALICE)) : bad(comment, text);
    cases.add(made.calling(arguments));
  }

  private void bytes() {
    bytes("a byte order mark", "\uFEFF[", "[");
    raw(
        "an overlong solidus",
        "//talos",
        new byte[] {'/', (byte) 0xC0, (byte) 0xAF, 't', 'a', 'l', 'o', 's'});
    raw("a byte that starts nothing", "talos.example", new byte[] {'t', (byte) 0xFF});
    raw("surrogates in UTF-8", "talos.example", new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
  }

  private void bytes(String comment, String with, String instead) {
    cases.add(bad(comment, chain(root().signed()).replaceFirst("^\\" + instead, with)));
  }

  private void raw(String comment, String instead, byte[] with) {
    String[] parts = chain(root().signed()).split(instead, 2);
    Bytes text =
        Bytes.of(parts[0].getBytes(StandardCharsets.UTF_8))
            .concat(Bytes.of(with), Bytes.utf8(parts[1]));
    cases.add(bad(comment, "").shownAs(Base64Url.encode(text)));
  }

  private void headers() {
    // 3n + 1 bytes, so that the last character has unused bits.
    String good = chain(root().with("audience", "\"https://talos.example\"").signed());
    String text = header(good);
    cases.add(bad("a padded header", good).shownAs(text + "="));
    cases.add(
        bad("a space in the header", good).shownAs(text.substring(0, 8) + " " + text.substring(8)));
    cases.add(bad("a line feed behind the header", good).shownAs(text + "\n"));
    cases.add(
        bad("a header that is cut by a character", good)
            .shownAs(text.substring(0, text.length() - 1)));
    cases.add(bad("a character of the other alphabet", good).shownAs("+" + text.substring(1)));
    cases.add(bad("no header text", good).shownAs(""));
    cases.add(bad("JSON that is not encoded", good).shownAs(good));
  }
}
