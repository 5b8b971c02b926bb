package io.talos.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A PostgreSQL primary and its streaming replica, both durable (fsync on) and reachable on
 * 127.0.0.1 with a password (scram) only.
 *
 * <p>The replica is the primary's folder, copied before the first start, so both have the same
 * system identifier; it follows over a replication slot, so a replica that was away finds what it
 * missed (up to 1 GiB of log). Both folders appear by one rename: a first start that was killed
 * begins anew.
 *
 * <p>Roles: {@code postgres} (superuser), {@code talos_owner} owns the database {@code talos},
 * {@code talos_app} may log in to it and nothing more, {@code talos_replication} serves the
 * replica. Thread safe.
 *
 * <p>Source: PostgreSQL 18 documentation §26.2 (log-shipping standby servers), §20.6 (replication
 * settings).
 */
public final class PostgresCluster {
  private static final String DATABASE = "talos";
  private static final String STANDBY = "talos_replica";

  private final StackSettings settings;
  private final Path folder;
  private final Secrets secrets;
  private final PostgresBinaries binaries;
  private final PostgresNode primary;
  private final PostgresNode replica;
  private final Consumer<String> progress;

  PostgresCluster(
      StackSettings settings, Secrets secrets, StackFile stackFile, Consumer<String> progress) {
    this.settings = settings;
    this.secrets = secrets;
    this.progress = progress;
    this.folder = Folders.create(settings.dataFolder().resolve("postgres"));
    this.binaries = PostgresBinaries.ready(settings.cache(), folder, progress);
    this.primary = new PostgresNode("primary", nodes().resolve("primary"), binaries, stackFile);
    this.replica = new PostgresNode("replica", nodes().resolve("replica"), binaries, stackFile);
  }

  private Path nodes() {
    return folder.resolve("nodes");
  }

  /**
   * Starts both servers, creating them at the first start, and returns when the replica streams.
   */
  public synchronized void start() {
    if (!Files.isDirectory(nodes())) {
      create();
    }
    startPrimary();
    startReplica();
    awaitStreaming();
  }

  /** Stops the replica, then the primary. */
  public synchronized void stop() {
    replica.stop();
    primary.stop();
  }

  /** Starts the primary and makes sure that the roles and the database exist. */
  public synchronized void startPrimary() {
    var configuration = common(settings.ports().postgres());
    if (settings.postgresSynchronous()) {
      configuration.put("synchronous_standby_names", STANDBY);
    }
    primary.start(configuration);
    createRolesAndDatabase();
  }

  /** Starts the replica; it streams as soon as the primary runs. */
  public synchronized void startReplica() {
    var configuration = common(settings.ports().replica());
    configuration.put(
        "primary_conninfo",
        "host=127.0.0.1 port=%d user=talos_replication passfile=%s application_name=%s connect_timeout=5"
            .formatted(settings.ports().postgres(), quoted(passwordFile()), STANDBY));
    configuration.put("primary_slot_name", STANDBY);
    configuration.put("hot_standby_feedback", "on");
    configuration.put("wal_retrieve_retry_interval", "500ms");
    replica.start(configuration);
  }

  /** Stops the primary in order. */
  public synchronized void stopPrimary() {
    primary.stop();
  }

  /** Stops the replica in order. */
  public synchronized void stopReplica() {
    replica.stop();
  }

  /** Ends the primary as a power cut would. */
  public synchronized void killPrimary() {
    primary.kill();
  }

  /** Ends the replica as a power cut would. */
  public synchronized void killReplica() {
    replica.kill();
  }

  /**
   * Makes the replica take writes; the old primary must not be started on this data folder again.
   */
  public synchronized void promoteReplica() {
    replica.promote();
  }

  /**
   * Puts the replica in the place of the primary, which is ended as by a power cut: it is promoted,
   * with what it has, and then listens where the primary did. This data folder has no replica any
   * more and cannot be started again.
   */
  public synchronized void failOver() {
    primary.kill();
    replica.promote();
    replica.stop();
    replica.start(common(settings.ports().postgres()));
  }

  /** Whether the primary runs. */
  public boolean isPrimaryRunning() {
    return primary.isRunning();
  }

  /** Whether the replica runs. */
  public boolean isReplicaRunning() {
    return replica.isRunning();
  }

  /**
   * Returns when the replica streams from the primary (and, in synchronous mode, commits wait for
   * it).
   */
  public void awaitStreaming() {
    var wanted = settings.postgresSynchronous() ? "'sync'" : "'async','sync'";
    var question =
        "select count(*) from pg_stat_replication where application_name = '%s' and state = 'streaming' and sync_state in (%s)"
            .formatted(STANDBY, wanted);
    if (!Waiting.until(Limits.POSTGRES_READY, () -> count("postgres", question) > 0)) {
      throw new LaunchFailed(
          "The PostgreSQL replica does not follow the primary; see %s. To begin anew, delete %s (all data of this stack is lost)."
              .formatted(nodes().resolve("replica").resolve("server.log"), folder));
    }
  }

  /** The database on the primary. */
  public String jdbcUrl() {
    return url(settings.ports().postgres(), DATABASE);
  }

  /** The database on the replica: reads only. */
  public String replicaJdbcUrl() {
    return url(settings.ports().replica(), DATABASE);
  }

  /** Of the role {@code postgres}. */
  public String superuserPassword() {
    return secrets.password("postgres-superuser");
  }

  /** Of the role {@code talos_owner}. */
  public String ownerPassword() {
    return secrets.password("postgres-owner");
  }

  /** Of the role {@code talos_app}. */
  public String appPassword() {
    return secrets.password("postgres-app");
  }

  private String replicationPassword() {
    return secrets.password("postgres-replication");
  }

  private Map<String, String> common(int port) {
    var configuration = new LinkedHashMap<String, String>();
    configuration.put("listen_addresses", "127.0.0.1");
    configuration.put("port", Integer.toString(port));
    configuration.put("unix_socket_directories", "");
    configuration.put("fsync", "on");
    configuration.put("wal_level", "replica");
    configuration.put("shared_buffers", "64MB");
    // Not smaller than initdb's own values: a replica refuses to start with less than its primary
    // ever had.
    configuration.put("max_connections", "100");
    configuration.put("max_wal_senders", "10");
    configuration.put("max_replication_slots", "10");
    configuration.put("max_slot_wal_keep_size", "1GB");
    configuration.put("timezone", "UTC");
    configuration.put("log_timezone", "UTC");
    return configuration;
  }

  private void create() {
    progress.accept("Creating the PostgreSQL primary and replica …");
    var fresh = folder.resolve("new");
    try {
      Folders.delete(fresh);
      Files.createDirectories(fresh);
      var superuser = fresh.resolve("password");
      OwnerOnly.write(superuser, superuserPassword());
      OwnerOnly.write(
          passwordFile(),
          "127.0.0.1:*:replication:talos_replication:" + replicationPassword() + "\n");
      binaries.handOver(folder);
      initialise(fresh.resolve("primary"), superuser);
      Files.delete(superuser);
      Folders.copy(fresh.resolve("primary"), fresh.resolve("replica"));
      Files.createFile(fresh.resolve("replica").resolve("standby.signal"));
      binaries.handOver(folder);
      Files.move(fresh, nodes(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new LaunchFailed(
          "PostgreSQL cannot be set up in %s: %s".formatted(folder, failed), failed);
    }
  }

  private void initialise(Path dataFolder, Path superuserPassword) {
    var made =
        binaries.run(
            folder,
            "initdb",
            "-D",
            dataFolder.toString(),
            "-U",
            "postgres",
            "--pwfile=" + superuserPassword,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C");
    if (!made.succeeded()) {
      throw new LaunchFailed("PostgreSQL's initdb failed:%n%s".formatted(made.output()));
    }
  }

  private void createRolesAndDatabase() {
    try (var connection = connect("postgres")) {
      // With a synchronous replica that is not up yet, an ordinary commit would wait for ever.
      execute(connection, "set synchronous_commit = local");
      createRole(connection, "talos_owner", "login", ownerPassword());
      createRole(connection, "talos_app", "login", appPassword());
      createRole(connection, "talos_replication", "login replication", replicationPassword());
      if (count(
              connection,
              "select count(*) from pg_replication_slots where slot_name = '" + STANDBY + "'")
          == 0) {
        execute(connection, "select pg_create_physical_replication_slot('" + STANDBY + "', true)");
      }
      if (count(connection, "select count(*) from pg_database where datname = '" + DATABASE + "'")
          == 0) {
        execute(connection, "create database " + DATABASE + " owner talos_owner");
      }
      execute(connection, "revoke all on database " + DATABASE + " from public");
      execute(connection, "revoke all on database postgres from public");
      execute(connection, "grant connect on database " + DATABASE + " to talos_app");
      // The log may have to ask what the replica has on its disk.
      execute(connection, "grant pg_read_all_stats to talos_app");
    } catch (SQLException failed) {
      throw new LaunchFailed(
          "The roles of Talos cannot be created in PostgreSQL: " + failed.getMessage(), failed);
    }
  }

  /**
   * The password is base64url and the names are constants: nothing in these texts comes from
   * outside.
   */
  private static void createRole(Connection connection, String role, String rights, String password)
      throws SQLException {
    if (count(connection, "select count(*) from pg_roles where rolname = '" + role + "'") == 0) {
      execute(connection, "create role " + role + " " + rights + " password '" + password + "'");
    }
  }

  private long count(String database, String question) {
    try (var connection = connect(database)) {
      return count(connection, question);
    } catch (SQLException failed) {
      throw new LaunchFailed("PostgreSQL does not answer: " + failed.getMessage(), failed);
    }
  }

  private static long count(Connection connection, String question) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(question)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        url(settings.ports().postgres(), database), "postgres", superuserPassword());
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private Path passwordFile() {
    return folder.resolve("replication.pgpass");
  }

  /** As libpq wants a value with blanks in a connection text. */
  private static String quoted(Path path) {
    return "'" + path.toString().replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
