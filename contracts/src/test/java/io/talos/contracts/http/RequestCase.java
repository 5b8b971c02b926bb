package io.talos.contracts.http;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A request and what must be answered. */
record RequestCase(
    String comment,
    String method,
    String target,
    TreeMap<String, List<String>> headers,
    Optional<Bytes> body,
    Optional<ErrorCode> code) {

  RequestCase refused(ErrorCode reason) {
    return new RequestCase(comment, method, target, headers, body, Optional.of(reason));
  }

  RequestCase header(String name, String... lines) {
    TreeMap<String, List<String>> changed = new TreeMap<>(headers);
    changed.put(name, List.of(lines));
    return new RequestCase(comment, method, target, changed, body, code);
  }

  RequestCase without(String name) {
    TreeMap<String, List<String>> changed = new TreeMap<>(headers);
    changed.remove(name);
    return new RequestCase(comment, method, target, changed, body, code);
  }

  RequestCase at(String otherMethod, String otherTarget) {
    return new RequestCase(comment, otherMethod, otherTarget, headers, body, code);
  }

  RequestCase with(String text) {
    return new RequestCase(comment, method, target, headers, Optional.of(Bytes.utf8(text)), code);
  }

  String input() {
    return line("signature-input");
  }

  String line(String name) {
    return headers.getOrDefault(name, List.of("")).get(0);
  }
}
