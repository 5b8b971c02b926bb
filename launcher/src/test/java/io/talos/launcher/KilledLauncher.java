package io.talos.launcher;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that starts the services, commits one row and dies without a farewell, as a killed
 * launcher does.
 */
final class KilledLauncher {
  static final int EXIT = 137;

  private KilledLauncher() {}

  public static void main(String[] arguments) throws SQLException {
    var data = Path.of(arguments[0]);
    var port = Stream.of(arguments[1].split(",")).mapToInt(Integer::parseInt).toArray();
    var ports = new Ports(port[0], port[1], port[2], port[3], port[4], port[5], port[6]);
    var absent = data.resolve("absent");
    var settings =
        new StackSettings(
            Path.of(System.getProperty("talos.root")),
            data,
            ports,
            "512m",
            false,
            false,
            Optional.empty(),
            new StackSettings.LibertyParts(absent, absent, absent, absent));
    var stack = TalosStack.startServices(settings, line -> {});
    var connection =
        DriverManager.getConnection(
            stack.postgres().jdbcUrl(), "talos_owner", stack.postgres().ownerPassword());
    RunningStackTest.update(
        connection,
        "create schema killed",
        "create table killed.t (v int)",
        "insert into killed.t values (1)");
    Runtime.getRuntime().halt(EXIT);
  }
}
