package io.talos.gateway.mcp;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects an answer's body; the connection is dropped as soon as it grows beyond its bound. */
final class BoundedBody implements HttpResponse.BodySubscriber<Bytes> {
  private final CompletableFuture<Bytes> whole = new CompletableFuture<>();
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private final int bytesMax;
  private Flow.@Nullable Subscription subscription;

  BoundedBody(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  @Override
  public CompletionStage<Bytes> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription started) {
    subscription = started;
    started.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    for (ByteBuffer part : parts) {
      if (whole.isDone() || part.remaining() > bytesMax - collected.size()) {
        refuse();
        return;
      }
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      collected.writeBytes(bytes);
    }
  }

  private void refuse() {
    whole.completeExceptionally(
        new TalosException(ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE, "more than " + bytesMax));
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onError(Throwable broken) {
    whole.completeExceptionally(broken);
  }

  @Override
  public void onComplete() {
    whole.complete(Bytes.of(collected.toByteArray()));
  }
}
