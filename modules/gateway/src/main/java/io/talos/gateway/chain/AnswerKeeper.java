package io.talos.gateway.chain;

import io.talos.contracts.Bytes;
import io.talos.contracts.port.Traffic;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Keeps the answer of a request with an idempotency key, so that it can be given again. */
@Provider
@Dependent
public class AnswerKeeper implements WriterInterceptor {
  private static final int FIRST_SERVER_FAULT = 500;

  @Inject private Traffic traffic;

  @Context private @Nullable HttpServletResponse servletResponse;

  @Override
  public void aroundWriteTo(WriterInterceptorContext writing) throws IOException {
    HttpServletResponse response = servletResponse;
    if (response == null
        || response.getStatus() >= FIRST_SERVER_FAULT
        || !(writing.getProperty(EnforcementFilter.OPEN) instanceof Passage.Open open)
        || open.claim().flatMap(Traffic.Claim::idempotencyKey).isEmpty()) {
      writing.proceed();
      return;
    }
    OutputStream network = writing.getOutputStream();
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    writing.setOutputStream(copy);
    writing.proceed();
    Bytes body = Bytes.of(copy.toByteArray());
    traffic.remember(
        open.claim().orElseThrow(),
        new Traffic.Answer(response.getStatus(), String.valueOf(writing.getMediaType()), body));
    network.write(body.toArray());
    writing.setOutputStream(network);
  }
}
