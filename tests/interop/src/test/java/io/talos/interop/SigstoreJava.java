package io.talos.interop;

import io.talos.contracts.Bytes;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.TlogProof;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Base64;
import java.util.List;

/**
 * sigstore-java, by reflection: it is on the class path only with {@code -Pforeign}, and this must
 * compile without it. The root and the size are read by its own reader of checkpoints.
 */
final class SigstoreJava {
  private static final String VERIFIER = "dev.sigstore.merkle.InclusionProofVerifier";
  private static final String REFUSAL = "dev.sigstore.merkle.InclusionProofVerificationException";
  private static final String CHECKPOINTS = "dev.sigstore.rekor.client.Checkpoints";
  private static final String CHECKPOINT = "dev.sigstore.rekor.client.RekorEntry$Checkpoint";

  private final Method verify;
  private final Method parse;
  private final Method size;
  private final Method root;

  SigstoreJava() {
    try {
      verify =
          Class.forName(VERIFIER)
              .getMethod("verify", byte[].class, long.class, long.class, List.class, byte[].class);
      parse = Class.forName(CHECKPOINTS).getMethod("from", String.class);
      size = Class.forName(CHECKPOINT).getMethod("getSize");
      root = Class.forName(CHECKPOINT).getMethod("getBase64Hash");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("sigstore-java is not the one that is known", e);
    }
  }

  static boolean isThere() {
    try {
      Class.forName(VERIFIER);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  boolean believes(Question question) {
    TlogProof proof = TlogProof.parse(Bytes.utf8(question.proof()));
    try {
      Object checkpoint = parse.invoke(null, proof.checkpoint().encoded());
      verify.invoke(
          null,
          MerkleTree.leafHash(question.entry()).toArray(),
          proof.index(),
          ((Number) size.invoke(checkpoint)).longValue(),
          proof.path().stream().map(Bytes::toArray).toList(),
          Base64.getDecoder().decode((String) root.invoke(checkpoint)));
      return true;
    } catch (InvocationTargetException e) {
      if (e.getCause() != null && e.getCause().getClass().getName().equals(REFUSAL)) {
        return false;
      }
      throw new IllegalStateException("sigstore-java broke", e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("sigstore-java is not the one that is known", e);
    }
  }
}
