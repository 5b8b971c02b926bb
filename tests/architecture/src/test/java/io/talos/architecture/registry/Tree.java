package io.talos.architecture.registry;

import io.talos.contracts.Bytes;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The project's own files, as they lie on the disk: what a build or an editor leaves is not ours.
 *
 * @param root where pom.xml lies
 */
record Tree(Path root) {
  private static final Set<String> NOT_OURS =
      Set.of("target", ".git", ".talos", ".idea", ".vscode", ".settings", "node_modules");
  private static final Limits JSON_LIMITS = new Limits(16 << 20, 64, 1_000_000);

  /** The tree that the build runs in. */
  static Tree ofTalos() {
    Path root = Path.of(System.getProperty("talos.root", "../..")).toAbsolutePath().normalize();
    if (!Files.exists(root.resolve("contracts/registry"))) {
      throw new IllegalStateException("-Dtalos.root names no Talos tree");
    }
    return new Tree(root);
  }

  /** All text files that {@code wanted} takes, by their path. */
  List<Source> sources(Predicate<String> wanted) {
    List<Source> sources = new ArrayList<>();
    for (Path file : files()) {
      String path = root.relativize(file).toString().replace('\\', '/');
      if (wanted.test(path)) {
        read(path).ifPresent(text -> sources.add(new Source(path, text)));
      }
    }
    return sources;
  }

  /** All Java files. */
  List<Source> java() {
    return sources(path -> path.endsWith(".java"));
  }

  /** A file's text; empty when there is no such file or it is not UTF-8. */
  Optional<String> read(String path) {
    try {
      Path file = root.resolve(path);
      return Files.isRegularFile(file)
          ? Optional.of(Files.readString(file, StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JSON file, read as strictly as a request. */
  JsonObject json(String path) {
    return read(path)
        .map(Tree::parse)
        .orElseThrow(() -> new AssertionError(path + " does not exist"));
  }

  boolean has(String path) {
    return Files.isRegularFile(root.resolve(path));
  }

  static JsonObject parse(String text) {
    return StrictJson.parseObject(Bytes.of(text.getBytes(StandardCharsets.UTF_8)), JSON_LIMITS);
  }

  /** The objects of a registry's one list. */
  static List<JsonObject> entries(JsonObject registry, String list) {
    return registry.getJsonArray(list).stream().map(JsonValue::asJsonObject).toList();
  }

  /** The texts of a list that may be missing. */
  static Stream<String> texts(JsonObject object, String list) {
    return object.containsKey(list)
        ? object.getJsonArray(list).getValuesAs(JsonString::getString).stream()
        : Stream.empty();
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              Path name = folder.getFileName();
              return !folder.equals(root) && name != null && NOT_OURS.contains(name.toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              // In a linked work tree .git is a file.
              if (!file.equals(root.resolve(".git"))) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(null);
    return files;
  }
}
