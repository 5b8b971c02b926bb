package io.talos.audit.rest;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Sha256;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers with files: each with its tag, so that who has it already is told so, and compressed when
 * that helps and was asked for.
 *
 * <p>Source: RFC 9110 §8.8.3 (tags are of the bytes as they are sent), §12.5.3, §13.1.2.
 */
final class StaticFile {
  private static final int TAG_BYTES = 16;

  private StaticFile() {}

  /** The file as it is. */
  static Response plain(HttpHeaders request, Bytes file, String type, String caching) {
    return answer(request, file, tag(file, ""), type, caching).build();
  }

  /** The file, in gzip when {@code accepted} lets it be. */
  static Response compressible(
      HttpHeaders request, AcceptedEncoding accepted, Bytes file, String type, String caching) {
    Response.ResponseBuilder response =
        accepted.gzip()
            ? gzip(answer(request, gzip(file), tag(file, "-gzip"), type, caching))
            : answer(request, file, tag(file, ""), type, caching);
    return response.header("Vary", "Accept-Encoding").build();
  }

  private static Response.ResponseBuilder answer(
      HttpHeaders request, Bytes sent, EntityTag tag, String type, String caching) {
    boolean known = isKnown(request.getRequestHeader(HttpHeaders.IF_NONE_MATCH), tag.getValue());
    Response.ResponseBuilder response =
        known ? Response.notModified() : Response.ok(sent.toArray(), type);
    return response.tag(tag).header("Cache-Control", caching);
  }

  /** Whether one of the lines of {@code If-None-Match} names the tag, weak or not. */
  static boolean isKnown(@Nullable List<String> lines, String tag) {
    return lines != null
        && lines.stream()
            .flatMap(line -> Stream.of(line.split(",")))
            .map(String::trim)
            .anyMatch(
                one ->
                    one.equals("*")
                        || one.equals('"' + tag + '"')
                        || one.equals("W/\"" + tag + '"'));
  }

  private static Response.ResponseBuilder gzip(Response.ResponseBuilder response) {
    return response.header("Content-Encoding", "gzip");
  }

  private static EntityTag tag(Bytes file, String form) {
    return new EntityTag(Sha256.of(file).slice(0, TAG_BYTES).hex() + form);
  }

  private static Bytes gzip(Bytes file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(file.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.of(bytes.toByteArray());
  }
}
