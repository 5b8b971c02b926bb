package io.talos.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set about a stack; an instance that exists is valid, and its paths are
 * absolute.
 *
 * @param root the project folder; unpacked servers are cached in its {@code .talos}
 * @param dataFolder databases, keys and logs of one stack; two stacks need two
 * @param ports where the servers listen
 * @param libertyMemory the largest heap of Liberty, as the JVM writes it ({@code 512m})
 * @param libertyOptimize true lets the JIT compile fully: slower to start, faster after minutes of
 *     load
 * @param postgresSynchronous true makes each commit wait for the replica
 * @param redisBinary another redis-server instead of the bundled one
 * @param liberty what Liberty is made of
 */
public record StackSettings(
    Path root,
    Path dataFolder,
    Ports ports,
    String libertyMemory,
    boolean libertyOptimize,
    boolean postgresSynchronous,
    Optional<Path> redisBinary,
    LibertyParts liberty) {

  /**
   * The files that a Liberty server is put together from.
   *
   * @param zip the openliberty-runtime archive
   * @param config the folder with server.xml
   * @param ear the application
   * @param jdbc the PostgreSQL driver
   */
  public record LibertyParts(Path zip, Path config, Path ear, Path jdbc) {
    /** All paths become absolute. */
    public LibertyParts {
      zip = absolute(zip);
      config = absolute(config);
      ear = absolute(ear);
      jdbc = absolute(jdbc);
    }

    void requirePresent() {
      require(zip, "talos.liberty.zip");
      require(config.resolve("server.xml"), "talos.liberty.config");
      require(ear, "talos.ear");
      require(jdbc, "talos.jdbc");
    }

    private static void require(Path file, String setting) {
      if (!Files.isRegularFile(file)) {
        throw new LaunchFailed("There is no file %s (setting %s).".formatted(file, setting));
      }
    }
  }

  /** Checks the values and makes the paths absolute. */
  public StackSettings {
    root = absolute(root);
    dataFolder = absolute(dataFolder);
    if (!libertyMemory.matches("[1-9][0-9]{0,6}[mMgG]")) {
      throw new LaunchFailed(
          "talos.liberty.memory=%s is not a heap size such as 512m or 2g."
              .formatted(libertyMemory));
    }
  }

  /** The settings of this JVM; see the package's documentation for the names. */
  public static StackSettings fromSystemProperties() {
    return from(System::getProperty);
  }

  static StackSettings from(UnaryOperator<@Nullable String> lookup) {
    var source = new Source(lookup);
    var root = absolute(Path.of(source.required("talos.root")));
    return new StackSettings(
        root,
        source.text("talos.data").map(root::resolve).orElse(root.resolve(".talos").resolve("run")),
        portsFrom(source),
        source.text("talos.liberty.memory").orElse("512m"),
        source.flag("talos.liberty.optimize"),
        source.flag("talos.pg.synchronous"),
        source.text("talos.redis.binary").map(root::resolve),
        new LibertyParts(
            root.resolve(source.required("talos.liberty.zip")),
            source
                .text("talos.liberty.config")
                .map(root::resolve)
                .orElse(root.resolve("liberty-config")),
            root.resolve(source.required("talos.ear")),
            root.resolve(source.required("talos.jdbc"))));
  }

  private static Ports portsFrom(Source source) {
    var standard = Ports.DEFAULT;
    return new Ports(
        source.port("talos.http.port", standard.http()),
        source.port("talos.https.port", standard.https()),
        source.port("talos.pg.port", standard.postgres()),
        source.port("talos.pg.replica.port", standard.replica()),
        source.port("talos.redis.port", standard.redis()),
        source.port("talos.notes.port", standard.notes()),
        source.port("talos.idp.port", standard.idp()));
  }

  /**
   * The same stack on other ports and with its own data, for tests that run beside a newcomer's
   * stack.
   */
  public StackSettings beside(int portOffset, Path otherDataFolder) {
    return new StackSettings(
        root,
        otherDataFolder,
        ports.shiftedBy(portOffset),
        libertyMemory,
        libertyOptimize,
        postgresSynchronous,
        redisBinary,
        liberty);
  }

  /** The same stack whose commits wait, or do not wait, for the replica. */
  public StackSettings withPostgresSynchronous(boolean synchronous) {
    return new StackSettings(
        root, dataFolder, ports, libertyMemory, libertyOptimize, synchronous, redisBinary, liberty);
  }

  /** The same stack with a server put together from other files. */
  public StackSettings withLiberty(LibertyParts other) {
    return new StackSettings(
        root,
        dataFolder,
        ports,
        libertyMemory,
        libertyOptimize,
        postgresSynchronous,
        redisBinary,
        other);
  }

  StackSettings withPorts(Ports other) {
    return new StackSettings(
        root,
        dataFolder,
        other,
        libertyMemory,
        libertyOptimize,
        postgresSynchronous,
        redisBinary,
        liberty);
  }

  /** Where unpacked servers are kept, for all stacks of this project folder. */
  Path cache() {
    return root.resolve(".talos");
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /**
   * Reads single values; an empty text counts as absent, because Maven passes unset properties as
   * empty.
   */
  private record Source(UnaryOperator<@Nullable String> lookup) {
    Optional<String> text(String name) {
      return Optional.ofNullable(lookup.apply(name))
          .map(String::strip)
          .filter(value -> !value.isEmpty());
    }

    String required(String name) {
      return text(name)
          .orElseThrow(
              () ->
                  new LaunchFailed(
                      "The setting %s is missing. Start with: mvn -B -ntp -Prun verify"
                          .formatted(name)));
    }

    boolean flag(String name) {
      var value = text(name).orElse("false");
      if (!value.equals("true") && !value.equals("false")) {
        throw new LaunchFailed("%s=%s is neither true nor false.".formatted(name, value));
      }
      return value.equals("true");
    }

    int port(String name, int standard) {
      var value = text(name);
      if (value.isEmpty()) {
        return standard;
      }
      if (!value.get().matches("[0-9]{1,5}")) {
        throw new LaunchFailed("%s=%s is not a port number.".formatted(name, value.get()));
      }
      return Integer.parseInt(value.get());
    }
  }
}
