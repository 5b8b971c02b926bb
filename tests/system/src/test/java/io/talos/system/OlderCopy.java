package io.talos.system;

import java.util.ArrayList;
import java.util.List;

/** What the audit module's tables held at one moment, as a backup has it. */
final class OlderCopy {
  private static final String TABLES =
      "select table_name || '(' || string_agg(quote_ident(column_name), ', ') || ')'"
          + " from information_schema.columns join information_schema.tables"
          + " using (table_schema, table_name) where table_schema = 'audit'"
          + " and table_type = 'BASE TABLE' and is_generated = 'NEVER'"
          + " and table_name not like 'flyway%' group by table_name";

  private final Stack stack;
  private final List<String> tables;

  private OlderCopy(Stack stack) {
    this.stack = stack;
    this.tables = stack.column(TABLES);
  }

  /** A copy of now. */
  static OlderCopy of(Stack stack) {
    OlderCopy copy = new OlderCopy(stack);
    List<String> statements =
        new ArrayList<>(
            List.of("create schema older_copy", "begin isolation level repeatable read"));
    for (String table : copy.tables) {
      statements.add(
          "create table older_copy.%s as select %s from audit.%s"
              .formatted(name(table), columns(table), name(table)));
    }
    statements.add("commit");
    stack.asSuperuser(statements.toArray(String[]::new));
    return copy;
  }

  /** Sets the tables back to it, at once and whoever reads or writes them. */
  void restore() {
    List<String> statements =
        new ArrayList<>(
            List.of(
                "begin",
                "set local session_replication_role = replica",
                "select pg_advisory_xact_lock(hashtextextended('talos.audit.log', 0))",
                "truncate "
                    + String.join(", ", tables.stream().map(t -> "audit." + name(t)).toList())));
    for (String table : tables) {
      statements.add(
          "insert into audit.%s overriding system value select * from older_copy.%s"
              .formatted(table, name(table)));
    }
    statements.addAll(List.of("commit", "drop schema older_copy cascade"));
    stack.asSuperuser(statements.toArray(String[]::new));
  }

  private static String name(String table) {
    return table.substring(0, table.indexOf('('));
  }

  private static String columns(String table) {
    return table.substring(table.indexOf('(') + 1, table.length() - 1);
  }
}
