package io.talos.runtime.http;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;

/** Reads an answer to its end, or drops the connection when it is too large. */
final class WholeAnswer implements HttpClientResponseHandler<GuardedHttp.Answer> {
  private final int bytesMax;
  private final Runnable drop;

  WholeAnswer(int bytesMax, Runnable drop) {
    this.bytesMax = bytesMax;
    this.drop = drop;
  }

  @Override
  public GuardedHttp.Answer handleResponse(ClassicHttpResponse response) throws IOException {
    Map<String, List<String>> fields = new HashMap<>();
    for (Header header : response.getHeaders()) {
      fields
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header.getValue());
    }
    return new GuardedHttp.Answer(response.getCode(), fields, body(response.getEntity()));
  }

  private Bytes body(@org.jspecify.annotations.Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return Bytes.empty();
    }
    if (entity.getContentLength() > bytesMax) {
      throw tooLarge();
    }
    InputStream content = entity.getContent();
    byte[] read = content.readNBytes(bytesMax);
    if (read.length == bytesMax && content.read() >= 0) {
      throw tooLarge();
    }
    return Bytes.of(read);
  }

  private TalosException tooLarge() {
    // Otherwise the client reads on to the end, to use the connection again, and an answer that
    // never ends holds it for as long as a call may take.
    drop.run();
    return new TalosException(ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE, "more than " + bytesMax);
  }
}
