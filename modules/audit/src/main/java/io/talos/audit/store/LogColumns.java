package io.talos.audit.store;

import io.talos.audit.tree.KeyPeriod;
import io.talos.audit.tree.LogName;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.NoteKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A log and its keys in one row of a native query. */
final class LogColumns {
  /** Of the log {@code l}: a line for each key, the oldest first. A vkey holds no space. */
  static final String KEYS =
      "(select string_agg(k.vkey || ' ' || k.first_size || ' ' || coalesce(x.end_size::text, '')"
          + " || ' ' || coalesce(k.event_id::text, ''), chr(10) order by k.first_size)"
          + " from audit.log_key k left join audit.log_key_end x"
          + " on x.log_id = k.log_id and x.vkey = k.vkey where k.log_id = l.log_id)";

  private LogColumns() {}

  /** The log with this number and what {@link #KEYS} gave. */
  static LogName name(long id, String keys) {
    return new LogName(id, keys.lines().map(LogColumns::key).toList());
  }

  private static KeyPeriod key(String line) {
    List<String> parts = List.of(line.split(" ", -1));
    String end = parts.get(2);
    String event = parts.get(3);
    return new KeyPeriod(
        NoteKey.parse(parts.get(0)),
        Long.parseLong(parts.get(1)),
        end.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(end)),
        event.isEmpty() ? Optional.empty() : Optional.of(new UuidV7(event)));
  }
}
