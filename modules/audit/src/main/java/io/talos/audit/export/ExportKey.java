package io.talos.audit.export;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.HmacSha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes cursors of an export, and knows its own again: what a cursor says was said by a node of
 * this server, so the log may sign what comes of it. Thread safe.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_CURSOR}, as an exception.
 */
public final class ExportKey {
  /** Its name in the vault. */
  public static final String SECRET = "audit/export-key";

  /** Longest cursor in characters. */
  public static final int CHARACTERS_MAX = 8192;

  private static final Limits STATE = new Limits(CHARACTERS_MAX, 4, 64);
  private static final int TAG = 32;

  private final Supplier<SecretBytes> vault;
  private volatile @Nullable SecretBytes key;

  /** A key that {@code vault} gives when it is first needed. */
  public ExportKey(Supplier<SecretBytes> vault) {
    this.vault = vault;
  }

  /** The cursor that says {@code progress}. */
  public String cursor(ExportProgress progress) {
    Bytes text = Bytes.utf8(progress.json().toString());
    return Base64Url.encode(HmacSha256.tag(key(), text).concat(text));
  }

  /** What a cursor of ours says. */
  public ExportProgress read(String cursor) {
    try {
      if (cursor.length() <= CHARACTERS_MAX) {
        Bytes decoded = Base64Url.decode(cursor);
        if (decoded.size() > TAG) {
          Bytes text = decoded.slice(TAG, decoded.size());
          if (HmacSha256.verify(key(), text, decoded.slice(0, TAG))) {
            return ExportProgress.of(StrictJson.parseObject(text, STATE));
          }
        }
      }
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_CURSOR, "not a cursor", e);
    }
    throw new TalosException(ErrorCode.TALOS_INVALID_CURSOR, "not a cursor");
  }

  private SecretBytes key() {
    SecretBytes known = key;
    if (known == null) {
      known = vault.get();
      key = known;
    }
    return known;
  }
}
