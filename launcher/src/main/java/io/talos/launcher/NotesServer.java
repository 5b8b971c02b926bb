package io.talos.launcher;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * A small real MCP server that keeps notes: streamable HTTP at {@code http://127.0.0.1:<port>/mcp},
 * bearer credential required. Its counters tell a test what really reached it.
 *
 * <p>Source: Model Context Protocol, revision 2025-11-25, Base Protocol / Transports / Streamable
 * HTTP.
 */
public final class NotesServer implements AutoCloseable {
  /** Held here, because the logging system forgets the level of a logger that nobody holds. */
  private static final List<Logger> CHATTY =
      List.of(Logger.getLogger("org.eclipse.jetty"), Logger.getLogger("io.modelcontextprotocol"));

  private final int port;
  private final String credential;
  private final BearerGate gate;
  private final NotesTools tools;
  private @Nullable Server http;
  private @Nullable McpSyncServer mcp;

  NotesServer(int port, Path folder, Secrets secrets) {
    this.port = port;
    this.credential = secrets.password("notes-credential");
    this.gate = new BearerGate(credential);
    this.tools = new NotesTools(new Notebook(OwnerOnly.folder(folder).resolve("notes.json")));
  }

  /** Starts to listen. */
  public synchronized void start() {
    if (http != null) {
      return;
    }
    var transport =
        HttpServletStreamableServerTransportProvider.builder()
            .mcpEndpoint("/mcp")
            .maxRequestSize(Limits.MCP_REQUEST_BYTES)
            .build();
    mcp =
        McpServer.sync(transport)
            .serverInfo("talos-notes", "1")
            .capabilities(ServerCapabilities.builder().tools(false).build())
            .validateToolInputs(
                false) // the tools check for themselves, so that each call is counted
            .tools(tools.specifications())
            .build();
    http = listening(transport);
  }

  private Server listening(HttpServletStreamableServerTransportProvider transport) {
    CHATTY.forEach(logger -> logger.setLevel(Level.WARNING));
    var threads = new QueuedThreadPool(32, 2);
    threads.setDaemon(true);
    threads.setName("notes");
    var server = new Server(threads);
    var connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    var context = new ServletContextHandler("/");
    context.addFilter(new FilterHolder(gate), "/*", EnumSet.of(DispatcherType.REQUEST));
    var servlet = new ServletHolder(transport);
    servlet.setAsyncSupported(true);
    context.addServlet(servlet, "/mcp");
    server.setHandler(context);
    try {
      server.start();
      return server;
    } catch (Exception failed) { // Jetty declares no narrower one
      throw new LaunchFailed(
          "The notes server cannot listen on port %d: %s".formatted(port, failed.getMessage()),
          failed);
    }
  }

  /** Stops listening; the notes stay. */
  @Override
  public synchronized void close() {
    if (mcp != null) {
      mcp.close();
      mcp = null;
    }
    if (http != null) {
      try {
        http.stop();
      } catch (Exception failed) { // Jetty declares no narrower one
        throw new LaunchFailed("The notes server does not stop: " + failed.getMessage(), failed);
      }
      http = null;
    }
  }

  /** The MCP endpoint. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port + "/mcp");
  }

  /** What stands after "Bearer " in the Authorization header. */
  public String credential() {
    return credential;
  }

  /** How often each tool was called since the launcher began; every tool is in it. */
  public Map<String, Long> calls() {
    return tools.calls();
  }

  /** The names of all headers that came with requests that showed the credential, lower case. */
  public Set<String> headerNames() {
    return gate.headerNames();
  }

  /** How many HTTP requests showed the credential. */
  public long admittedRequests() {
    return gate.admitted();
  }

  /** How many HTTP requests were answered 401. */
  public long refusedRequests() {
    return gate.refused();
  }
}
