package io.talos.client.cli;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.SaidLoss;
import io.talos.contracts.log.export.CsvText;
import io.talos.contracts.log.export.ExportFormat;
import io.talos.contracts.log.export.ExportHead;
import io.talos.contracts.log.export.ExportReader;
import io.talos.contracts.log.export.ExportVerification;
import io.talos.contracts.log.export.ExportVerifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An evidence export in a file, which may be larger than memory. */
record ExportFile(Path file, ExportFormat format) {
  private static final String JSONL = "{\"schema_id\":\"" + ExportHead.SCHEMA_ID + "\"";

  /** The file, when it begins as an export does. */
  static Optional<ExportFile> of(Path file) {
    String csv = CsvText.header();
    try (InputStream in = Files.newInputStream(file)) {
      String begin = new String(in.readNBytes(csv.length()), StandardCharsets.ISO_8859_1);
      if (begin.equals(csv)) {
        return Optional.of(new ExportFile(file, ExportFormat.CSV));
      }
      return begin.startsWith(JSONL)
          ? Optional.of(new ExportFile(file, ExportFormat.JSONL))
          : Optional.empty();
    } catch (IOException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "cannot read " + file, e);
    }
  }

  /** Verifies it; the exit status. */
  int verify(List<LogKeys> logs, PrintWriter out) {
    return judged(logs).match(holds -> report(holds, out), refused -> report(refused, out));
  }

  private ExportVerification judged(List<LogKeys> logs) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)))) {
      return new ExportVerifier(logs).verify(ExportReader.of(reader, format));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof MalformedInputException) {
        return new ExportVerification.Refused(ErrorCode.EXPORT_INVALID, "malformed UTF-8");
      }
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "cannot read " + file, e);
    } catch (IOException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "cannot read " + file, e);
    }
  }

  private static int report(ExportVerification.Verified holds, PrintWriter out) {
    for (ExportVerification.Part part : holds.parts()) {
      out.println(entries(part));
    }
    out.println("holds: " + holds.events() + " of their events are as they were hashed");
    out.println("holds: each of these was asked for: " + holds.last().head().filter().parts());
    if (holds.callers() > 0) {
      out.println("holds: " + holds.callers() + " of them carry the signature of who asked");
    }
    out.println(
        holds.complete()
            ? "holds: every event of these entries that was asked for is shown"
            : "not shown: that every event of these entries that was asked for is shown; the log"
                + " says so");
    for (SaidLoss loss : holds.losses()) {
      out.println("not shown: " + loss.text() + ", which are said to be lost");
    }
    if (holds.open()) {
      out.println("not shown: what came into the log after this checkpoint");
    }
    out.println(
        "VERIFIED against "
            + holds.parts().stream()
                .map(ExportVerification.Part::checkpoint)
                .map(c -> c.origin() + " at " + c.size() + " entries")
                .collect(Collectors.joining(" and ")));
    return Main.DONE;
  }

  private static String entries(ExportVerification.Part part) {
    ExportHead head = part.head();
    if (head.isEmpty()) {
      return part.checkpoint().size() == 0
          ? "holds: " + part.checkpoint().origin() + " is empty"
          : "not shown: that " + part.checkpoint().origin() + " has none; its key says so";
    }
    return "holds: these are the entries %d to %d of %s, all"
        .formatted(head.begin(), head.end() - 1, part.checkpoint().origin());
  }

  private static int report(ExportVerification.Refused refused, PrintWriter out) {
    out.println(refused.code() + ": " + refused.why());
    return Main.REFUSED;
  }
}
