package io.talos.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A server's log, read for the few lines that tell a person what went wrong. */
record LogFile(Path path) {
  private static final Pattern TROUBLE =
      Pattern.compile(
          "ERROR|FATAL|SEVERE|PANIC|DETAIL|HINT|Exception|Caused by|CW[A-Z]{3}[0-9]{4}E|error while loading");
  private static final Pattern STACK_FRAME =
      Pattern.compile("^\\s*(at |\\.\\.\\. [0-9]+ more|\\[internal classes\\])");

  long size() {
    try {
      return Files.exists(path) ? Files.size(path) : 0;
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read " + path, failed);
    }
  }

  /**
   * Called before a server starts: a log that has grown large is put aside. Returns where the new
   * lines will begin.
   */
  long beginRun() {
    if (size() < Limits.LOG_BYTES_KEPT) {
      return size();
    }
    try {
      Files.move(
          path,
          path.resolveSibling(path.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
      return 0;
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot rename " + path, failed);
    }
  }

  /** The lines written after {@code offset}; of very many, the last. */
  List<String> linesSince(long offset) {
    if (!Files.exists(path)) {
      return List.of();
    }
    try (var channel = Files.newByteChannel(path)) {
      return read(channel, offset).lines().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read " + path, failed);
    }
  }

  private static String read(SeekableByteChannel channel, long offset) throws IOException {
    long from = Math.max(Math.min(offset, channel.size()), channel.size() - Limits.LOG_BYTES_READ);
    var bytes = ByteBuffer.allocate((int) (channel.size() - from));
    channel.position(from);
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      read = channel.read(bytes);
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  /** The lines that name trouble, without stack frames; where none does, simply the last lines. */
  String trouble(long offset) {
    var lines = linesSince(offset).stream().filter(line -> !line.isBlank()).toList();
    var named =
        lines.stream()
            .filter(line -> TROUBLE.matcher(line).find() && !STACK_FRAME.matcher(line).find())
            .toList();
    var shown = named.isEmpty() ? lines : named;
    return shown.stream()
        .skip(Math.max(0, shown.size() - Limits.LOG_LINES_SHOWN))
        .map(line -> "    " + (line.length() > 400 ? line.substring(0, 400) + " …" : line))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
