package io.talos.client.groups;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.mls.GroupKeySet;
import org.bouncycastle.mls.KeyGeneration;
import org.bouncycastle.mls.TreeKEM.LeafIndex;
import org.bouncycastle.mls.TreeKEM.NodeIndex;
import org.bouncycastle.mls.TreeSize;
import org.bouncycastle.mls.codec.ContentType;
import org.bouncycastle.mls.crypto.Secret;

/**
 * The keys of one epoch's application messages. Trying a message changes a {@link #copy}; only when
 * the message is genuine does the copy take this one's place. A key is used once.
 *
 * <p>It stands in for the library's own set, which would be spoilt by a forged message: it keeps
 * the nonce that the forger's reuse guard changed, follows a generation however far, and sends
 * every message under a reuse guard of zero.
 *
 * <p>Source: RFC 9420 §6.3.1 (reuse guard), §9 (secret tree, deletion schedule).
 */
final class MessageKeys extends GroupKeySet {
  private static final int REUSE_GUARD = 4;

  private final TreeSize size;
  private final Set<Integer> senders;
  private final Randomness randomness;
  private final Map<Long, SecretBytes> tree;
  private final Map<Integer, Chain> chains;

  /** The keys of an epoch whose members sit at {@code senders}. */
  MessageKeys(
      TreeSize size, SecretBytes encryptionSecret, Set<Integer> senders, Randomness randomness)
      throws IOException, IllegalAccessException {
    this(
        size,
        senders,
        randomness,
        new HashMap<>(Map.of(NodeIndex.root(size).value(), encryptionSecret)),
        new HashMap<>());
  }

  private MessageKeys(
      TreeSize size,
      Set<Integer> senders,
      Randomness randomness,
      Map<Long, SecretBytes> tree,
      Map<Integer, Chain> chains)
      throws IOException, IllegalAccessException {
    // What the library would derive from this is never asked for.
    super(Mls.SUITE, size, new Secret(new byte[Mls.SUITE.getKDF().getHashLength()]));
    this.size = size;
    this.senders = senders;
    this.randomness = randomness;
    this.tree = tree;
    this.chains = chains;
  }

  /** The same keys, to try a message with. */
  MessageKeys copy() throws IOException, IllegalAccessException {
    return new MessageKeys(size, senders, randomness, new HashMap<>(tree), new HashMap<>(chains));
  }

  /** Wipes every secret that {@code next} does not hold any more. */
  void giveWayTo(MessageKeys next) {
    Set<SecretBytes> kept = next.secrets();
    secrets().stream().filter(secret -> !kept.contains(secret)).forEach(SecretBytes::close);
  }

  /** Wipes everything. */
  void wipe() {
    secrets().forEach(SecretBytes::close);
  }

  private Set<SecretBytes> secrets() {
    Set<SecretBytes> all = Collections.newSetFromMap(new IdentityHashMap<>());
    all.addAll(tree.values());
    for (Chain chain : chains.values()) {
      all.add(chain.next);
      all.addAll(chain.skipped.values());
    }
    return all;
  }

  @Override
  public boolean hasLeaf(LeafIndex sender) {
    return senders.contains(sender.value());
  }

  @Override
  public KeyGeneration get(ContentType type, LeafIndex sender, int generation, byte[] reuseGuard)
      throws IOException, IllegalAccessException {
    requireApplication(type);
    Chain chain = chain(sender);
    Map<Integer, SecretBytes> skipped = new TreeMap<>(chain.skipped);
    SecretBytes kept = skipped.remove(generation);
    if (kept != null) {
      chains.put(sender.value(), new Chain(chain.next, chain.generation, skipped));
      return key(generation, kept, reuseGuard);
    }
    if (generation < chain.generation) {
      throw new TalosException(
          ErrorCode.A2A_GROUP_MESSAGE_INVALID, "a message that was received before");
    }
    if (generation - chain.generation > Limits.SKIPPED_MAX) {
      throw new TalosException(
          ErrorCode.A2A_GROUP_MESSAGE_INVALID, "too many messages of its sender are missing");
    }
    Step step = new Step(chain.next, chain.generation);
    while (step.generation < generation) {
      skipped.put(step.generation, step.material());
      step = step.next();
    }
    while (skipped.size() > Limits.SKIPPED_KEYS_MAX) {
      skipped.remove(Collections.min(skipped.keySet()));
    }
    SecretBytes material = step.material();
    chains.put(sender.value(), new Chain(step.next().secret, generation + 1, skipped));
    return key(generation, material, reuseGuard);
  }

  @Override
  public KeyGeneration get(ContentType type, LeafIndex sender, byte[] reuseGuard)
      throws IOException, IllegalAccessException {
    requireApplication(type);
    randomness.fill(reuseGuard);
    return get(type, sender, chain(sender).generation, reuseGuard);
  }

  /** Nothing: {@link #get} forgets what it gives. */
  @Override
  public void erase(ContentType type, LeafIndex sender, int generation) {}

  private static void requireApplication(ContentType type) {
    if (type != ContentType.APPLICATION) {
      throw new TalosException(
          ErrorCode.A2A_GROUP_MESSAGE_INVALID, "proposals and commits are public messages");
    }
  }

  private static KeyGeneration key(int generation, SecretBytes material, byte[] reuseGuard) {
    byte[] clear = material.reveal();
    int keySize = Mls.SUITE.getAEAD().getKeySize();
    KeyGeneration key =
        new KeyGeneration(
            generation,
            new Secret(Arrays.copyOf(clear, keySize)),
            new Secret(Arrays.copyOfRange(clear, keySize, clear.length)));
    Arrays.fill(clear, (byte) 0);
    for (int i = 0; i < REUSE_GUARD; i++) {
      key.nonce[i] ^= reuseGuard[i];
    }
    return key;
  }

  private Chain chain(LeafIndex sender) throws IOException {
    Chain known = chains.get(sender.value());
    if (known != null) {
      return known;
    }
    SecretBytes leaf = leafSecret(sender);
    Chain first = new Chain(expand(leaf, "application", new byte[0]), 0, Map.of());
    chains.put(sender.value(), first);
    return first;
  }

  /** The leaf's secret; it and what is above it in the tree are forgotten, what is beside kept. */
  private SecretBytes leafSecret(LeafIndex leaf) throws IOException {
    List<NodeIndex> path = new ArrayList<>(List.of(new NodeIndex(leaf)));
    path.addAll(leaf.directPath(size));
    int at = 0;
    while (!tree.containsKey(path.get(at).value())) {
      at++;
    }
    for (; at > 0; at--) {
      NodeIndex node = path.get(at);
      SecretBytes secret = Objects.requireNonNull(tree.remove(node.value()));
      tree.put(node.left().value(), expand(secret, "tree", utf8("left")));
      tree.put(node.right().value(), expand(secret, "tree", utf8("right")));
    }
    return Objects.requireNonNull(tree.remove(path.get(0).value()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static SecretBytes expand(SecretBytes from, String label, byte[] context)
      throws IOException {
    return expand(from, label, context, Mls.SUITE.getKDF().getHashLength());
  }

  private static SecretBytes expand(SecretBytes from, String label, byte[] context, int size)
      throws IOException {
    Secret secret = new Secret(from.reveal());
    Secret expanded = secret.expandWithLabel(Mls.SUITE, label, context, size);
    SecretBytes result = SecretBytes.of(expanded.value());
    expanded.consume();
    return result;
  }

  /**
   * Where one sender's messages have got to.
   *
   * @param next the secret of the next generation
   * @param generation its number
   * @param skipped key and nonce of messages that did not arrive, by generation
   */
  private record Chain(SecretBytes next, int generation, Map<Integer, SecretBytes> skipped) {}

  private record Step(SecretBytes secret, int generation) {
    SecretBytes material() throws IOException {
      byte[] key = expand(secret, "key", number(), Mls.SUITE.getAEAD().getKeySize()).reveal();
      byte[] nonce = expand(secret, "nonce", number(), Mls.SUITE.getAEAD().getNonceSize()).reveal();
      byte[] both = Arrays.copyOf(key, key.length + nonce.length);
      System.arraycopy(nonce, 0, both, key.length, nonce.length);
      return SecretBytes.of(both);
    }

    Step next() throws IOException {
      return new Step(expand(secret, "secret", number()), generation + 1);
    }

    private byte[] number() {
      return java.nio.ByteBuffer.allocate(Integer.BYTES).putInt(generation).array();
    }
  }
}
