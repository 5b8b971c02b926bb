package io.talos.audit.store;

import io.talos.audit.event.Stripes;
import io.talos.audit.tree.Limits;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives each transaction the next of the node's stripes and keeps it for the transaction's life.
 *
 * <p>One stripe a transaction, so that two transactions never wait for each other crosswise. A
 * transaction that is started inside another one gets another stripe; an inner one that waits for
 * its own outer one would wait for ever.
 */
@ApplicationScoped
public class TransactionStripe implements Stripes {
  private static final String KEY = TransactionStripe.class.getName();

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  @SuppressWarnings("NullAway.Init")
  TransactionSynchronizationRegistry transaction;

  private final AtomicInteger next = new AtomicInteger();

  @Override
  public int current() {
    if (transaction.getResource(KEY) instanceof Integer stripe) {
      return stripe;
    }
    int stripe = Math.floorMod(next.getAndIncrement(), Limits.STRIPES);
    transaction.putResource(KEY, stripe);
    return stripe;
  }
}
