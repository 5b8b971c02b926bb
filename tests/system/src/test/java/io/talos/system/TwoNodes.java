package io.talos.system;

import io.talos.client.http.PreparedRequest;
import io.talos.launcher.LibertyServer;
import java.net.URI;
import java.util.List;

/**
 * Two servers behind one public address, on the same databases. What is signed for the address is
 * good at both, so a test chooses which of them is asked.
 */
final class TwoNodes {
  private final Stack stack;
  private final LibertyServer second;

  private TwoNodes(Stack stack, LibertyServer second) {
    this.stack = stack;
    this.second = second;
  }

  static TwoNodes of(Stack stack) {
    return new TwoNodes(stack, stack.secondNode());
  }

  Stack stack() {
    return stack;
  }

  LibertyServer secondServer() {
    return second;
  }

  /** Both, the first one first. */
  List<Http> both() {
    return List.of(first(), second());
  }

  Http first() {
    return stack.http();
  }

  Http second() {
    return new Http(second.baseUri());
  }

  /** Where a server itself listens; even numbers are the first. */
  URI uri(int node) {
    return node % 2 == 0 ? stack.baseUri() : second.baseUri();
  }

  /** The same request, its signature too, on its way to the second server. */
  PreparedRequest toSecond(PreparedRequest request) {
    URI uri = request.uri();
    String rest = uri.toString().substring(stack.baseUri().toString().length());
    return new PreparedRequest(
        request.method(), URI.create(second.baseUri() + rest), request.headers(), request.body());
  }

  /** The request as it is, or on its way to the second server: even numbers stay at the first. */
  PreparedRequest to(int node, PreparedRequest request) {
    return node % 2 == 0 ? request : toSecond(request);
  }
}
