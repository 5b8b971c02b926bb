package io.talos.architecture.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The links between the project's pages. */
final class Links {
  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".talos", "node_modules");
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");
  private static final Pattern INLINE = Pattern.compile("`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern OUTSIDE = Pattern.compile("(https?|mailto):.*");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");

  private final Path root;

  Links(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** Links that lead nowhere. */
  List<String> broken() {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String link : links(page)) {
        if (!leadsSomewhere(page, link)) {
          broken.add(root.relativize(page) + " links to " + link + ", which is not there");
        }
      }
    }
    return broken;
  }

  /** Pages below {@code docs} that nobody finds who starts at {@code docs/README.md}. */
  Set<String> unreached() {
    Path docs = root.resolve("docs");
    Set<Path> reached = new TreeSet<>();
    Deque<Path> next = new ArrayDeque<>(List.of(docs.resolve("README.md")));
    while (!next.isEmpty()) {
      Path page = next.pop();
      if (Files.isRegularFile(page) && reached.add(page)) {
        links(page).stream().flatMap(link -> pagesAt(target(page, link))).forEach(next::add);
      }
    }
    Set<String> unreached = new TreeSet<>();
    pages().stream()
        .filter(page -> page.startsWith(docs) && !reached.contains(page))
        .forEach(page -> unreached.add(root.relativize(page).toString()));
    return unreached;
  }

  /** Who is sent to a folder finds the pages in it: what a run leaves there needs no link. */
  private static Stream<Path> pagesAt(Path target) {
    if (!Files.isDirectory(target)) {
      return Stream.of(target).filter(Links::isPage);
    }
    try (Stream<Path> files = Files.list(target)) {
      return files.filter(Links::isPage).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean leadsSomewhere(Path page, String link) {
    Path target = target(page, link);
    if (!target.startsWith(root) || !Files.exists(target)) {
      return false;
    }
    int hash = link.indexOf('#');
    return hash < 0 || !isPage(target) || anchors(target).contains(link.substring(hash + 1));
  }

  private static Path target(Path page, String link) {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    return file.isEmpty() ? page : page.resolveSibling(file).normalize();
  }

  private static boolean isPage(Path path) {
    return path.toString().endsWith(".md");
  }

  private static List<String> links(Path page) {
    String prose = INLINE.matcher(FENCE.matcher(read(page)).replaceAll("")).replaceAll("");
    return LINK.matcher(prose)
        .results()
        .map(found -> found.group(1))
        .filter(link -> !OUTSIDE.matcher(link).matches())
        .toList();
  }

  /** The names that a heading gets where such pages are usually read. */
  private static Set<String> anchors(Path page) {
    Set<String> anchors = new TreeSet<>();
    HEADING
        .matcher(FENCE.matcher(read(page)).replaceAll(""))
        .results()
        .map(found -> found.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .forEach(anchors::add);
    return anchors;
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> pages() {
    List<Path> pages = new ArrayList<>();
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
              if (isPage(file)) {
                pages.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pages.sort(null);
    return pages;
  }
}
