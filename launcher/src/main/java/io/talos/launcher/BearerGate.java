package io.talos.launcher;

import io.talos.contracts.crypto.ConstantTime;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who shows the one bearer credential, and answers 401 to everybody else; the comparison
 * takes the same time wherever the difference is.
 *
 * <p>Source: RFC 6750 §2.1, §3.
 */
final class BearerGate extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final byte[] wanted;
  private final AtomicLong admitted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final Set<String> headerNames = new ConcurrentSkipListSet<>();

  BearerGate(String credential) {
    this.wanted = ("Bearer " + credential).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!opens(request.getHeader("Authorization"))) {
      refused.incrementAndGet();
      response.setHeader("WWW-Authenticate", "Bearer realm=\"notes\"");
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    admitted.incrementAndGet();
    remember(request);
    chain.doFilter(request, response);
  }

  private void remember(HttpServletRequest request) {
    for (var name : Collections.list(request.getHeaderNames())) {
      if (headerNames.size() < Limits.HEADER_NAMES) {
        headerNames.add(name.toLowerCase(Locale.ROOT));
      }
    }
  }

  private boolean opens(@Nullable String header) {
    return header != null && ConstantTime.equal(wanted, header.getBytes(StandardCharsets.UTF_8));
  }

  /** Every header that came with the credential so far, in lower case. */
  Set<String> headerNames() {
    return Set.copyOf(headerNames);
  }

  long admitted() {
    return admitted.get();
  }

  long refused() {
    return refused.get();
  }
}
