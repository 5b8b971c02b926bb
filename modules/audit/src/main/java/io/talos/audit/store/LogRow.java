package io.talos.audit.store;

import io.talos.audit.tree.LogName;
import io.talos.contracts.log.NoteKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(schema = "audit", name = "log")
@SuppressWarnings("NullAway.Init") // the persistence provider fills rows
class LogRow {
  @Id
  @Column(name = "log_id")
  long id;

  @Column(name = "origin")
  String origin;

  @Column(name = "vkey")
  String vkey;

  protected LogRow() {}

  LogName name() {
    return name(id, vkey);
  }

  /** What a row of the table says, however it was read. */
  static LogName name(long id, String vkey) {
    return new LogName(id, NoteKey.parse(vkey));
  }
}
