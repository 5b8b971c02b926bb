package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Our tree is the one that a generator of its own, in another language, drew from RFC 9162. */
class MerkleVectorsTest {
  private static final Path FILE =
      Path.of(System.getProperty("talos.root", ".."), "contracts/vectors/log/merkle.json");
  private static final Limits LIMITS = new Limits(1 << 20, 8, 10_000);
  private static final int SIZE_MAX = 300;

  private final JsonObject vectors =
      StrictJson.parseObject(Bytes.of(Files.readAllBytes(FILE)), LIMITS);

  MerkleVectorsTest() throws IOException {}

  private static List<Bytes> entries(int count) {
    return IntStream.range(0, count).mapToObj(i -> Bytes.utf8("entry " + i)).toList();
  }

  @Test
  void every_root_and_proof_of_the_trees_of_0_to_300_entries_is_the_generators() {
    MerkleTree.Hashes hashes = MemoryTiles.of(entries(SIZE_MAX));
    List<JsonObject> sizes = vectors.getJsonArray("sizes").getValuesAs(JsonObject.class);

    assertThat(sizes).hasSize(SIZE_MAX + 1);
    for (JsonObject row : sizes) {
      int size = row.getInt("size");
      assertThat(size).isEqualTo(sizes.indexOf(row));
      assertThat(MerkleTree.root(size, hashes).hex()).isEqualTo(row.getString("root"));
      assertThat(
              digest(
                  LongStream.range(0, size)
                      .mapToObj(index -> MerkleTree.inclusion(index, size, hashes))
                      .toList()))
          .as("inclusion in %d", size)
          .isEqualTo(row.getString("inclusion"));
      assertThat(
              digest(
                  LongStream.rangeClosed(1, size)
                      .mapToObj(from -> MerkleTree.consistency(from, size, hashes))
                      .toList()))
          .as("consistency to %d", size)
          .isEqualTo(row.getString("consistency"));
    }
  }

  /** Source: RFC 9162 §2.1.5. */
  @Test
  void the_proofs_that_the_rfc_spells_out_are_met_and_verify() {
    JsonObject example = vectors.getJsonObject("rfc9162");
    JsonObject nodes = example.getJsonObject("nodes");
    List<Bytes> entries = IntStream.range(0, 7).mapToObj(i -> Bytes.utf8("d" + i)).toList();
    MerkleTree.Hashes hashes = MemoryTiles.of(entries);
    Bytes root = Hex.decode(nodes.getString("root"));
    JsonObject inclusion = example.getJsonObject("inclusion");
    JsonObject consistency = example.getJsonObject("consistency");

    assertThat(inclusion).hasSize(4);
    assertThat(consistency).hasSize(3);
    inclusion.forEach(
        (index, letters) -> {
          List<Bytes> path = named(letters, nodes);
          Bytes leaf = MerkleTree.leafHash(entries.get(Integer.parseInt(index)));
          assertThat(MerkleTree.inclusion(Long.parseLong(index), 7, hashes)).isEqualTo(path);
          assertThat(MerkleProof.includes(leaf, Long.parseLong(index), 7, path, root)).isTrue();
        });
    consistency.forEach(
        (from, letters) -> {
          long size = Long.parseLong(from);
          List<Bytes> path = named(letters, nodes);
          assertThat(MerkleTree.consistency(size, 7, hashes)).isEqualTo(path);
          assertThat(MerkleProof.continues(size, MerkleTree.root(size, hashes), 7, root, path))
              .isTrue();
        });
  }

  private static List<Bytes> named(Object letters, JsonObject nodes) {
    return Arrays.stream(((JsonString) letters).getString().split(" "))
        .map(letter -> Hex.decode(nodes.getString(letter)))
        .toList();
  }

  @Test
  void a_tree_with_three_levels_of_tiles_has_the_generators_tiles_and_proofs() {
    JsonObject large = vectors.getJsonObject("large");
    int size = large.getInt("size");
    List<Bytes> entries = entries(size);
    MemoryTiles tiles = new MemoryTiles(entries);
    MerkleTree.Hashes hashes = new TileHashes(tiles::tile);
    Bytes root = Hex.decode(large.getString("root"));
    List<JsonObject> levels = large.getJsonArray("levels").getValuesAs(JsonObject.class);

    assertThat(MerkleTree.root(size, hashes)).isEqualTo(root);
    assertThat(levels).hasSize(3);
    for (int level = 0; level < levels.size(); level++) {
      assertThat(Tile.hashesAt(level, size)).isEqualTo(levels.get(level).getInt("hashes"));
      assertThat(Sha256.hex(tiles.level(level).toArray(Bytes[]::new)))
          .isEqualTo(levels.get(level).getString("digest"));
    }
    for (JsonObject proof : large.getJsonArray("inclusion").getValuesAs(JsonObject.class)) {
      int index = proof.getInt("index");
      List<Bytes> path = hashes(proof.getJsonArray("path"));
      assertThat(MerkleTree.inclusion(index, size, hashes)).isEqualTo(path);
      assertThat(
              MerkleProof.includes(
                  MerkleTree.leafHash(entries.get(index)), index, size, path, root))
          .isTrue();
    }
    for (JsonObject proof : large.getJsonArray("consistency").getValuesAs(JsonObject.class)) {
      int from = proof.getInt("from");
      List<Bytes> path = hashes(proof.getJsonArray("path"));
      assertThat(MerkleTree.consistency(from, size, hashes)).isEqualTo(path);
      assertThat(MerkleProof.continues(from, MerkleTree.root(from, hashes), size, root, path))
          .isTrue();
    }
  }

  private static List<Bytes> hashes(JsonArray array) {
    return array.getValuesAs(JsonString.class).stream()
        .map(text -> Hex.decode(text.getString()))
        .toList();
  }

  /** SHA-256 over proofs, each with the number of its hashes before it as one byte. */
  private static String digest(List<List<Bytes>> proofs) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (List<Bytes> proof : proofs) {
      all.write(proof.size());
      proof.forEach(hash -> all.writeBytes(hash.toArray()));
    }
    return Sha256.hex(Bytes.of(all.toByteArray()));
  }
}
