package io.talos.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/** The ports of the stack, all on 127.0.0.1. */
public record Ports(int http, int https, int postgres, int replica, int redis, int notes, int idp) {
  /** What a newcomer gets. */
  public static final Ports DEFAULT = new Ports(9080, 9443, 15432, 15433, 16379, 17080, 17081);

  static final InetAddress LOOPBACK = loopback();

  /** One port with the setting that moves it. */
  record Named(int port, String user, String setting) {}

  /** Every port is valid and no two are equal. */
  public Ports {
    var all = List.of(http, https, postgres, replica, redis, notes, idp);
    for (int port : all) {
      if (port < 1 || port > 65535) {
        throw new LaunchFailed(
            "Port %d is not a port (1 to 65535); see the talos.*.port settings.".formatted(port));
      }
    }
    if (all.stream().distinct().count() != all.size()) {
      throw new LaunchFailed(
          "Two servers are set to the same port %s; see the talos.*.port settings.".formatted(all));
    }
  }

  /** All ports moved by the same offset, so that a second stack can run beside the first. */
  public Ports shiftedBy(int offset) {
    return new Ports(
        http + offset,
        https + offset,
        postgres + offset,
        replica + offset,
        redis + offset,
        notes + offset,
        idp + offset);
  }

  List<Named> named() {
    return List.of(
        new Named(http, "Open Liberty (HTTP)", "talos.http.port"),
        new Named(https, "Open Liberty (HTTPS)", "talos.https.port"),
        new Named(postgres, "the PostgreSQL primary", "talos.pg.port"),
        new Named(replica, "the PostgreSQL replica", "talos.pg.replica.port"),
        new Named(redis, "Redis", "talos.redis.port"),
        new Named(notes, "the notes MCP server", "talos.notes.port"),
        new Named(idp, "the dev identity provider", "talos.idp.port"));
  }

  /** Fails with one message that names each taken port and the setting that moves it. */
  void requireFree() {
    var taken = named().stream().filter(named -> !isFree(named.port())).toList();
    if (taken.isEmpty()) {
      return;
    }
    var message = new StringBuilder();
    for (var named : taken) {
      message.append(
          "Port %d on 127.0.0.1, wanted for %s, is in use. End the program that holds it, or choose another: -D%s=<port>%n"
              .formatted(named.port(), named.user(), named.setting()));
    }
    throw new LaunchFailed(message.toString().stripTrailing());
  }

  static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(LOOPBACK, port), 1);
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    } catch (IOException impossible) {
      throw new IllegalStateException("four bytes are an address", impossible);
    }
  }
}
