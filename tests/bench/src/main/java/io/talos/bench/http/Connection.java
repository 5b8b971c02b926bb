package io.talos.bench.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;

/**
 * One connection that is kept, with one request on it at a time; so plain that the load costs
 * little on a machine which it shares with the server. Reads what this server answers, not all of
 * HTTP.
 *
 * <p>Source: RFC 9112 §2.1, §6.3, §7.1, §9.3.
 */
final class Connection implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 << 10;
  private static final int HEXADECIMAL = 16;

  private final InetSocketAddress server;
  private Socket socket;
  private InputStream in;

  private Connection(InetSocketAddress server, Socket socket) throws IOException {
    this.server = server;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
  }

  static Connection open(InetSocketAddress server) throws IOException {
    return new Connection(server, connected(server));
  }

  private static Socket connected(InetSocketAddress server) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Math.toIntExact(Limits.ANSWER.toMillis()));
    socket.connect(server, Math.toIntExact(Limits.ANSWER.toMillis()));
    return socket;
  }

  /** What is needed of an answer. */
  record Answer(int status, boolean closes) {}

  /** Sends and reads the whole answer. */
  Answer exchange(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    int status = status(line());
    long length = 0;
    boolean chunked = false;
    boolean closes = false;
    for (int i = 0; ; i++) {
      String header = line().toLowerCase(Locale.ROOT);
      if (header.isEmpty()) {
        break;
      }
      bounded(i, Limits.HEADERS_MAX);
      if (header.startsWith("content-length:")) {
        length = Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
      }
      chunked |= header.startsWith("transfer-encoding:") && header.endsWith("chunked");
      closes |= header.startsWith("connection:") && header.endsWith("close");
    }
    if (chunked) {
      skipChunks();
    } else {
      skip(length);
    }
    return new Answer(status, closes);
  }

  /** Connects anew, after an answer that closes. */
  void reopen() throws IOException {
    socket.close();
    socket = connected(server);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
  }

  private static int status(String line) throws IOException {
    String[] words = line.split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/1.")) {
      throw new IOException("not an answer of HTTP/1.1");
    }
    return Integer.parseInt(words[1]);
  }

  private void skipChunks() throws IOException {
    long total = 0;
    for (long size = chunkSize(); size > 0; size = chunkSize()) {
      total += size;
      bounded(total, Limits.BODY_BYTES_MAX);
      skip(size);
      line();
    }
    for (int i = 0; !line().isEmpty(); i++) {
      bounded(i, Limits.HEADERS_MAX);
    }
  }

  private long chunkSize() throws IOException {
    String line = line();
    int end = line.indexOf(';');
    return Long.parseLong((end < 0 ? line : line.substring(0, end)).strip(), HEXADECIMAL);
  }

  private void skip(long bytes) throws IOException {
    bounded(bytes, Limits.BODY_BYTES_MAX);
    in.skipNBytes(bytes);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed the connection");
      }
      bounded(line.length(), Limits.LINE_BYTES_MAX);
      line.append((char) b);
    }
    return line.toString().strip();
  }

  private static void bounded(long number, long most) throws IOException {
    if (number < 0 || number > most) {
      throw new IOException("an answer beyond all bounds");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
