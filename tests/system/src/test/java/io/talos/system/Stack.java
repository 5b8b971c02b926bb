package io.talos.system;

import io.talos.client.OperatorClient;
import io.talos.client.TalosClient;
import io.talos.client.http.Transport;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.launcher.LibertyServer;
import io.talos.launcher.StackSettings;
import io.talos.launcher.TalosStack;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stack under test, on ports and a data folder of its own. */
final class Stack implements AutoCloseable {
  private static final int PORT_OFFSET = 10_000;
  private static final int SPARE_PORT_OFFSET = 11_000;
  private static final int SECOND_NODE_OFFSET = 300;

  /**
   * Whose signature makes a policy good here; a policy without one is good as well. The same in
   * each run, because the database is: a server does not start on what an unknown key signed.
   */
  static final Ed25519.KeyPair POLICY_KEY =
      Ed25519.fromSeed(
          SecretBytes.of(Sha256.of(Bytes.utf8("the policy key of the system tests")).toArray()));

  private static final Map<String, String> FOR_TESTS =
      Map.of(
          "TALOS_POLICY_ADDRESS_REQUESTS_PER_SECOND", "2000",
          "TALOS_POLICY_ADDRESS_BURST_REQUESTS", "4000",
          "TALOS_POLICY_ADDRESS_NEWCOMERS_PER_HOUR", "1000000",
          "TALOS_AUDIT_SWEEP_AFTER_SECONDS", "1",
          "TALOS_POLICY_SIGNERS", policySigner(),
          "TALOS_A2A_SWEEP_INTERVAL_MILLIS", "500");

  private final TalosStack stack;
  private final Transport transport = new Transport();
  private @Nullable Notes notes;
  private @Nullable LibertyServer second;

  private Stack(TalosStack stack) {
    this.stack = stack;
  }

  static String policySigner() {
    return Did.ofKey(POLICY_KEY.publicKey()).text();
  }

  static Stack start() {
    return alone("system-tests", PORT_OFFSET, Map.of());
  }

  static Stack startSpare() {
    return alone("system-tests-spare", SPARE_PORT_OFFSET, Map.of());
  }

  /** A stack on the data folder of this name, begun anew where there is none. */
  static Stack alone(String name, int portOffset, Map<String, String> more) {
    Path data = Path.of(System.getProperty("talos.root"), ".talos", name);
    Map<String, String> environment = new HashMap<>(FOR_TESTS);
    environment.putAll(more);
    StackSettings ours = StackSettings.fromSystemProperties().beside(portOffset, data);
    return new Stack(
        TalosStack.start(ours, environment, line -> System.out.println("[" + name + "] " + line)));
  }

  TalosStack launcher() {
    return stack;
  }

  URI baseUri() {
    return stack.baseUri();
  }

  TalosClient client() {
    return client(stack.baseUri());
  }

  /** A client of another server; all share their connections. */
  TalosClient client(URI base) {
    return new TalosClient(base, transport, Clock.systemUTC(), Randomness.secure());
  }

  OperatorClient operator() {
    return client().operator(operatorToken());
  }

  /** The notes server, put behind the gateway by the first who asks. */
  synchronized Notes notes() {
    Notes known = notes;
    if (known == null) {
      known = Notes.behindTheGateway(this);
      notes = known;
    }
    return known;
  }

  /** A second server under the first one's public address, started when it does not run. */
  synchronized LibertyServer secondNode() {
    LibertyServer known = second;
    if (known == null) {
      known = node(SECOND_NODE_OFFSET, Map.of());
      second = known;
    } else if (!known.isRunning()) {
      known.start();
    }
    return known;
  }

  /** One more server under the first one's public address, with settings of its own. */
  LibertyServer node(int portOffset, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(FOR_TESTS);
    environment.put("TALOS_BASE_URL", baseUri().toString());
    environment.putAll(more);
    return stack.startAnotherLiberty(portOffset, environment);
  }

  /** The first server alone, as most tests want it. */
  synchronized void endSecondNode() {
    LibertyServer known = second;
    if (known != null && known.isRunning()) {
      known.stop();
    }
  }

  Http http() {
    return new Http(stack.baseUri());
  }

  String operatorToken() {
    return stack.operatorToken();
  }

  /** A connection as the role that owns the tables: sees everything. */
  Connection owner() throws SQLException {
    return DriverManager.getConnection(
        stack.postgres().jdbcUrl(), "talos_owner", stack.postgres().ownerPassword());
  }

  /** A connection as the role that the application uses. */
  Connection application() throws SQLException {
    return DriverManager.getConnection(
        stack.postgres().jdbcUrl(), "talos_app", stack.postgres().appPassword());
  }

  /** The first column of every row. */
  List<String> column(String sql) {
    try (Connection connection = owner();
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  long count(String sql) {
    return Long.parseLong(column(sql).get(0));
  }

  /** For what only the database server's own operator may do. */
  void asSuperuser(String... statements) {
    try (Connection connection =
            DriverManager.getConnection(
                stack.postgres().jdbcUrl(), "postgres", stack.postgres().superuserPassword());
        var sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(List.of(statements).toString(), e);
    }
  }

  /** For questions about the database server itself. */
  long countAsSuperuser(String sql) {
    try (Connection connection =
            DriverManager.getConnection(
                stack.postgres().jdbcUrl(), "postgres", stack.postgres().superuserPassword());
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    stack.close();
  }
}
