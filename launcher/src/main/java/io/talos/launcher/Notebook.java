package io.talos.launcher;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Notes in one file: at most {@link Limits#NOTES} of at most {@link Limits#NOTE_CHARS} characters.
 * Each change is on disk before it is answered. Thread safe.
 */
final class Notebook {
  static final String ID_FORM = "[a-z0-9][a-z0-9._-]{0,63}";
  private static final Pattern ID = Pattern.compile(ID_FORM);

  private final Path file;
  private final TreeMap<String, String> notes = new TreeMap<>();

  Notebook(Path file) {
    this.file = file;
    load();
  }

  synchronized Optional<String> read(String id) {
    return Optional.ofNullable(notes.get(id));
  }

  synchronized List<String> ids() {
    return List.copyOf(notes.keySet());
  }

  /** The ids of the notes that contain the text, whatever its case. */
  synchronized List<String> search(String text) {
    var wanted = text.toLowerCase(Locale.ROOT);
    return notes.entrySet().stream()
        .filter(note -> note.getValue().toLowerCase(Locale.ROOT).contains(wanted))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Empty when written; otherwise why not. */
  synchronized Optional<String> write(String id, String text) {
    if (!ID.matcher(id).matches()) {
      return Optional.of("id must match " + ID_FORM);
    }
    if (text.length() > Limits.NOTE_CHARS) {
      return Optional.of("text has at most " + Limits.NOTE_CHARS + " characters");
    }
    if (notes.size() >= Limits.NOTES && !notes.containsKey(id)) {
      return Optional.of("the notebook is full (" + Limits.NOTES + " notes)");
    }
    notes.put(id, text);
    store();
    return Optional.empty();
  }

  /** False when there was no such note. */
  synchronized boolean delete(String id) {
    if (notes.remove(id) == null) {
      return false;
    }
    store();
    return true;
  }

  private void store() {
    OwnerOnly.write(file, JSONObjectUtils.toJSONString(notes));
  }

  private void load() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      JSONObjectUtils.parse(OwnerOnly.read(file))
          .forEach((id, text) -> notes.put(id, String.valueOf(text)));
    } catch (ParseException damaged) {
      throw new LaunchFailed(
          "%s holds no notes (%s); delete it to begin anew.".formatted(file, damaged.getMessage()),
          damaged);
    }
  }
}
