package io.talos.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real PostgreSQL and Redis: what was promised is kept through power cuts, and nobody gets in
 * without a password.
 */
class RunningStackTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir static Path shared;
  private static TalosStack stack;

  @BeforeAll
  static void start() {
    stack =
        TalosStack.startServices(
            TestSettings.in(shared.resolve("data")).withPostgresSynchronous(true), line -> {});
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void a_committed_row_streams_to_the_replica_which_takes_no_writes() throws SQLException {
    update(
        owner(),
        "create schema streams",
        "create table streams.t (v int)",
        "insert into streams.t values (42)");

    assertThat(
            eventually(
                () -> number(ownerOnReplica(), "select count(*) from streams.t where v = 42") == 1))
        .isTrue();
    assertThatThrownBy(() -> update(ownerOnReplica(), "insert into streams.t values (43)"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("read-only");
    assertThat(
            number(
                superuser(), "select count(*) from pg_stat_replication where sync_state = 'sync'"))
        .isEqualTo(1);
  }

  @Test
  void the_application_role_logs_in_and_can_do_nothing_else() throws SQLException {
    assertThat(number(app(), "select 1")).isEqualTo(1);
    assertThatThrownBy(() -> update(app(), "create schema mine"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> update(app(), "create table public.t (v int)"))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> update(app(), "create temporary table t (v int)"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void a_wrong_password_is_refused() {
    assertThatThrownBy(() -> connect(stack.postgres().jdbcUrl(), "talos_app", "guessed"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void a_commit_survives_the_kill_of_the_primary_and_the_replica_catches_up_after_its_own()
      throws SQLException {
    update(
        owner(),
        "create schema cuts",
        "create table cuts.t (v int)",
        "insert into cuts.t values (1)");

    stack.postgres().killPrimary();
    assertThat(stack.postgres().isPrimaryRunning()).isFalse();
    stack.postgres().startPrimary();
    stack.postgres().awaitStreaming();
    stack.postgres().killReplica();
    assertThat(stack.postgres().isReplicaRunning()).isFalse();
    update(owner(), "set synchronous_commit = local; insert into cuts.t values (2)");
    stack.postgres().startReplica();
    stack.postgres().awaitStreaming();

    assertThat(number(owner(), "select sum(v) from cuts.t")).isEqualTo(3);
    assertThat(eventually(() -> number(ownerOnReplica(), "select sum(v) from cuts.t") == 3))
        .isTrue();
  }

  @Test
  void a_row_whose_commit_was_answered_survives_the_loss_of_the_primary(@TempDir Path folder)
      throws SQLException {
    var settings = TestSettings.in(folder.resolve("data")).withPostgresSynchronous(true);
    try (var lost = TalosStack.startServices(settings, line -> {})) {
      var cluster = lost.postgres();
      update(
          connect(cluster.jdbcUrl(), "talos_owner", cluster.ownerPassword()),
          "create schema losses",
          "create table losses.t (v int)",
          "insert into losses.t values (1)");

      cluster.killPrimary();
      cluster.promoteReplica();

      var promoted = connect(cluster.replicaJdbcUrl(), "talos_owner", cluster.ownerPassword());
      assertThat(number(promoted, "select count(*) from losses.t")).isEqualTo(1);
      update(
          connect(cluster.replicaJdbcUrl(), "talos_owner", cluster.ownerPassword()),
          "insert into losses.t values (2)");
    }
  }

  @Test
  void redis_keeps_a_value_through_an_orderly_restart_and_asks_for_the_password()
      throws IOException {
    assertThat(redis("AUTH " + stack.redis().password(), "SET a b")).containsExactly("+OK", "+OK");

    stack.redis().stop();
    assertThat(stack.redis().isRunning()).isFalse();
    stack.redis().start();

    assertThat(redis("AUTH " + stack.redis().password(), "STRLEN a")).containsExactly("+OK", ":1");
    assertThat(redis("GET a").get(0)).startsWith("-NOAUTH");
  }

  @Test
  void a_second_stack_on_the_same_data_is_refused() {
    assertThatThrownBy(() -> TalosStack.startServices(stack.settings(), line -> {}))
        .isInstanceOf(LaunchFailed.class)
        .hasMessageContaining("in use by another launcher");
  }

  @Test
  void a_launcher_that_was_killed_leaves_nothing_that_breaks_the_next_one(@TempDir Path folder)
      throws Exception {
    var settings = TestSettings.in(folder.resolve("data"));
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Dtalos.root=" + settings.root(),
            KilledLauncher.class.getName(),
            settings.dataFolder().toString(),
            portsOf(settings));
    var killed = new ProcessBuilder(command).inheritIO().start();
    assertThat(killed.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(killed.exitValue()).isEqualTo(KilledLauncher.EXIT);
    assertThat(Ports.isFree(settings.ports().postgres())).isFalse();
    assertThat(Ports.isFree(settings.ports().redis())).isFalse();

    try (var next = TalosStack.startServices(settings, line -> {})) {
      var url = next.postgres().jdbcUrl();
      assertThat(
              number(
                  connect(url, "talos_owner", next.postgres().ownerPassword()),
                  "select count(*) from killed.t"))
          .isEqualTo(1);
    }
    assertThat(Ports.isFree(settings.ports().postgres())).isTrue();
    assertThat(Ports.isFree(settings.ports().redis())).isTrue();
  }

  private static String portsOf(StackSettings settings) {
    var ports = settings.ports();
    return "%d,%d,%d,%d,%d,%d,%d"
        .formatted(
            ports.http(),
            ports.https(),
            ports.postgres(),
            ports.replica(),
            ports.redis(),
            ports.notes(),
            ports.idp());
  }

  private static List<String> redis(String... commands) throws IOException {
    try (var socket = new Socket(Ports.LOOPBACK, stack.redis().port())) {
      socket
          .getOutputStream()
          .write((String.join("\r\n", commands) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      var answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      var lines = new ArrayList<String>();
      for (int i = 0; i < commands.length; i++) {
        lines.add(String.valueOf(answers.readLine()));
      }
      return lines;
    }
  }

  private static Connection superuser() throws SQLException {
    return connect(stack.postgres().jdbcUrl(), "postgres", stack.postgres().superuserPassword());
  }

  private static Connection owner() throws SQLException {
    return connect(stack.postgres().jdbcUrl(), "talos_owner", stack.postgres().ownerPassword());
  }

  private static Connection ownerOnReplica() throws SQLException {
    return connect(
        stack.postgres().replicaJdbcUrl(), "talos_owner", stack.postgres().ownerPassword());
  }

  private static Connection app() throws SQLException {
    return connect(stack.postgres().jdbcUrl(), "talos_app", stack.postgres().appPassword());
  }

  private static Connection connect(String url, String user, String password) throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  private static boolean eventually(Callable<Boolean> condition) {
    return Waiting.until(
        SOON,
        () -> {
          try {
            return condition.call();
          } catch (Exception failed) {
            throw new AssertionError(failed);
          }
        });
  }

  static void update(Connection connection, String... statements) throws SQLException {
    try (connection;
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static long number(Connection connection, String question) throws SQLException {
    try (connection;
        var statement = connection.createStatement();
        var rows = statement.executeQuery(question)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
