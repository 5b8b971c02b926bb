package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.registry.Threat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stranger follows the log with nothing of ours: the JDK's HTTP client, its SHA-256, and the text
 * of C2SP tlog-tiles.
 */
@OnTheStack
@Threat("T-AUDITTAMPERING-01")
class StrangersTilesIT {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Stack stack;

  StrangersTilesIT(Stack stack) {
    this.stack = stack;
    stack.client().agent(Agents.registered(stack)).whoami();
    Patiently.until(
        "the log has an entry", () -> stack.count("select count(*) from audit.outbox") == 0);
  }

  private HttpResponse<byte[]> ask(String method, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(stack.baseUri() + "/audit/" + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private byte[] get(String path) {
    HttpResponse<byte[]> answer = ask("GET", "log/" + path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static byte[] sha256(byte[]... parts) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** MTH of RFC 6962 §2.1. */
  private static byte[] root(List<byte[]> hashes) throws NoSuchAlgorithmException {
    if (hashes.size() == 1) {
      return hashes.get(0);
    }
    int left = Integer.highestOneBit(hashes.size() - 1);
    return sha256(
        new byte[] {1}, root(hashes.subList(0, left)), root(hashes.subList(left, hashes.size())));
  }

  private record Tree(long size, String root) {}

  private static Tree checkpoint(byte[] note) {
    String[] lines = new String(note, StandardCharsets.UTF_8).split("\n");
    return new Tree(Long.parseLong(lines[1]), lines[2]);
  }

  private static String path(long index, long width) {
    String digits = "%03d".formatted(index % 1000);
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      digits = "x%03d/".formatted(rest % 1000) + digits;
    }
    return digits + (width == 256 ? "" : ".p/" + width);
  }

  private static long width(long index, long size) {
    return Math.min(256, size - index * 256);
  }

  private static List<byte[]> hashes(byte[] tile) {
    List<byte[]> hashes = new ArrayList<>();
    for (int at = 0; at < tile.length; at += 32) {
      hashes.add(Arrays.copyOfRange(tile, at, at + 32));
    }
    return hashes;
  }

  @Test
  void the_root_that_was_signed_comes_out_of_the_tiles_at_every_level()
      throws NoSuchAlgorithmException {
    Tree tree = checkpoint(get("checkpoint"));
    List<byte[]> leaves = new ArrayList<>();
    List<byte[]> above = new ArrayList<>();
    for (long index = 0; index * 256 < tree.size; index++) {
      List<byte[]> tile = hashes(get("tile/0/" + path(index, width(index, tree.size))));
      assertThat(tile).hasSize((int) width(index, tree.size));
      leaves.addAll(tile);
      if (tile.size() == 256) {
        above.add(root(tile));
      }
    }

    assertThat(Base64.getEncoder().encodeToString(root(leaves))).isEqualTo(tree.root);
    for (long index = 0; index * 256 < above.size(); index++) {
      List<byte[]> tile = hashes(get("tile/1/" + path(index, width(index, above.size()))));
      int first = (int) index * 256;
      assertThat(tile)
          .usingElementComparator(Arrays::compare)
          .containsExactlyElementsOf(above.subList(first, first + tile.size()));
    }
  }

  @Test
  void the_entries_hash_to_the_leaves_with_and_without_gzip()
      throws IOException, NoSuchAlgorithmException {
    Tree tree = checkpoint(get("checkpoint"));
    long last = (tree.size - 1) / 256;
    String name = path(last, width(last, tree.size));

    HttpResponse<byte[]> plain = ask("GET", "log/tile/entries/" + name);
    HttpResponse<byte[]> gzip =
        ask("GET", "log/tile/entries/" + name, "Accept-Encoding", "gzip, identity");
    byte[] unzipped = new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes();

    assertThat(header(plain, "content-encoding")).isEmpty();
    assertThat(header(gzip, "content-encoding")).isEqualTo("gzip");
    assertThat(header(gzip, "vary")).isEqualTo("Accept-Encoding");
    assertThat(header(plain, "vary")).isEqualTo("Accept-Encoding");
    assertThat(header(gzip, "etag")).isNotEqualTo(header(plain, "etag"));
    assertThat(unzipped).isEqualTo(plain.body());
    List<byte[]> leaves = new ArrayList<>();
    ByteBuffer entries = ByteBuffer.wrap(unzipped);
    while (entries.hasRemaining()) {
      byte[] entry = new byte[Short.toUnsignedInt(entries.getShort())];
      entries.get(entry);
      leaves.add(sha256(new byte[] {0}, entry));
    }
    assertThat(leaves)
        .usingElementComparator(Arrays::compare)
        .containsExactlyElementsOf(hashes(get("tile/0/" + name)));
  }

  @Test
  void each_file_has_the_type_the_age_and_the_tag_that_it_should_have() {
    HttpResponse<byte[]> checkpoint = ask("GET", "log/checkpoint");
    long size = checkpoint(checkpoint.body()).size;
    HttpResponse<byte[]> tile = ask("GET", "log/tile/0/" + path(0, Math.min(size, 256)));

    assertThat(header(checkpoint, "content-type").replace(" ", ""))
        .isEqualTo("text/plain;charset=utf-8");
    assertThat(header(checkpoint, "cache-control")).isEqualTo("public, max-age=1");
    assertThat(header(tile, "content-type")).isEqualTo("application/octet-stream");
    assertThat(header(tile, "cache-control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(tile, "content-encoding")).isEmpty();
    for (HttpResponse<byte[]> file : List.of(tile, ask("GET", "log/key"))) {
      String path = file.uri().getPath().substring("/audit/log/".length());
      String tag = header(file, "etag");
      assertThat(tag).matches("\"[0-9a-f]{32}\"");
      HttpResponse<byte[]> known =
          ask("GET", "log/" + path, "If-None-Match", "\"other\", W/" + tag);
      assertThat(known.statusCode()).as(path).isEqualTo(304);
      assertThat(known.body()).isEmpty();
      assertThat(header(known, "etag")).isEqualTo(tag);
      assertThat(header(known, "cache-control")).isEqualTo(header(file, "cache-control"));
      assertThat(ask("GET", "log/" + path, "If-None-Match", "\"other\"").body())
          .isEqualTo(file.body());
    }
  }

  @Test
  void a_checkpoint_that_did_not_change_is_not_sent_again() {
    Patiently.until(
        "a checkpoint is asked for twice before the next one",
        () -> {
          String tag = header(ask("GET", "log/checkpoint"), "etag");
          return ask("GET", "log/checkpoint", "If-None-Match", tag).statusCode() == 304;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint", "key", "tile/0/000.p/1", "tile/entries/000.p/1"})
  void the_headers_alone_are_the_headers_of_the_file(String path) {
    HttpResponse<byte[]> head = ask("HEAD", "log/" + path);

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "etag")).isNotEmpty();
    assertThat(header(head, "content-type"))
        .isEqualTo(header(ask("GET", "log/" + path), "content-type"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/000/",
        "tile/64/000",
        "tile/00/000.p/1",
        "tile/0/0",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/x000/000.p/1",
        "tile/7/000.p/1",
        "tile/0/x999/x999/x999/999",
        "tile/0/x072/x057/x594/x037/x927/936.p/1",
        "tile/entries/x072/x057/x594/x037/x927/936.p/1",
        "tile/entries/",
        "tile/data/000.p/1"
      })
  void what_is_no_file_is_not_there_and_is_not_remembered(String path) {
    HttpResponse<byte[]> answer = ask("GET", "log/" + path);

    assertThat(answer.statusCode()).as(path).isEqualTo(404);
    assertThat(header(answer, "cache-control")).isEqualTo("no-store");
    assertThat(header(answer, "content-type")).startsWith("application/problem+json");
  }

  @Test
  void a_tile_that_no_checkpoint_covers_yet_is_not_served() {
    Tree tree = checkpoint(get("checkpoint"));
    long beyond = tree.size / 256 + 1;

    for (String kind : List.of("0/", "entries/")) {
      assertThat(ask("GET", "log/tile/" + kind + path(beyond, 1)).statusCode()).isEqualTo(404);
      assertThat(ask("GET", "log/tile/" + kind + path(beyond, 256)).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void nothing_but_reading_is_let_in() {
    for (String method : List.of("POST", "PUT", "DELETE")) {
      assertThat(ask(method, "log/checkpoint").statusCode()).isEqualTo(405);
    }
    assertThat(ask("HEAD", "events").statusCode()).isEqualTo(405);
  }
}
