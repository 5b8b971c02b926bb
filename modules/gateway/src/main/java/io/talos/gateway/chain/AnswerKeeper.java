package io.talos.gateway.chain;

import io.talos.contracts.Bytes;
import io.talos.contracts.port.Traffic;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Copies the body of an answer that is to be kept, on its way out. */
@Provider
@Dependent
public class AnswerKeeper implements WriterInterceptor {
  /** Request property: the {@link AnswerMemory.Kept} of an answer to keep. */
  static final String KEEP = "talos.keep";

  @Inject private AnswerMemory memory;

  @Override
  public void aroundWriteTo(WriterInterceptorContext writing) throws IOException {
    if (!(writing.getProperty(KEEP) instanceof AnswerMemory.Kept kept)) {
      writing.proceed();
      return;
    }
    OutputStream network = writing.getOutputStream();
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    writing.setOutputStream(copy);
    writing.proceed();
    Bytes body = Bytes.of(copy.toByteArray());
    memory.keep(
        kept.claim(),
        new Traffic.Answer(kept.status(), String.valueOf(writing.getMediaType()), body));
    network.write(body.toArray());
    writing.setOutputStream(network);
  }
}
