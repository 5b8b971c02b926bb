package io.talos.audit.tree;

/**
 * A checkpoint that was signed and is not given out.
 *
 * @param written up to where a standby must have flushed what the database wrote
 */
public record Waiting(LogName log, Published signed, String written) {}
