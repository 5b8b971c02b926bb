package io.talos.launcher;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code stack.json}: the processes of the stack that uses a data folder. A launcher that was
 * killed leaves it behind, and the next one learns from it what to end.
 */
final class StackFile {
  private final Path file;
  private final Map<String, ProcessMark> marks = new LinkedHashMap<>();

  StackFile(Path file) {
    this.file = file;
  }

  /** Notes a started process; an earlier one of the same name is forgotten. */
  synchronized void started(ProcessMark mark) {
    marks.put(mark.name(), mark);
    OwnerOnly.write(
        file, JSONArrayUtils.toJSONString(marks.values().stream().map(StackFile::toJson).toList()));
  }

  /** The processes that the last user of this data folder noted; empty where there was none. */
  List<ProcessMark> leftByPredecessor() {
    if (!Files.exists(file)) {
      return List.of();
    }
    var found = new ArrayList<ProcessMark>();
    try {
      for (var entry : JSONArrayUtils.parse(OwnerOnly.read(file))) {
        found.add(fromJson(asObject(entry)));
      }
    } catch (ParseException damaged) {
      throw new LaunchFailed(
          "%s cannot be read (%s). End what still runs of the last stack, then delete the file."
              .formatted(file, damaged.getMessage()),
          damaged);
    }
    return found;
  }

  private static Map<String, Object> toJson(ProcessMark mark) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", mark.name());
    json.put("pid", mark.pid());
    json.put("started", mark.started().toString());
    json.put("programs", mark.programs());
    return json;
  }

  private static ProcessMark fromJson(Map<String, Object> json) throws ParseException {
    return new ProcessMark(
        JSONObjectUtils.getString(json, "name"),
        JSONObjectUtils.getLong(json, "pid"),
        Instant.parse(JSONObjectUtils.getString(json, "started")),
        JSONObjectUtils.getStringList(json, "programs"));
  }

  private static Map<String, Object> asObject(Object entry) throws ParseException {
    if (!(entry instanceof Map<?, ?> map)) {
      throw new ParseException("an entry is not an object", 0);
    }
    var object = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> object.put(String.valueOf(key), value));
    return object;
  }
}
