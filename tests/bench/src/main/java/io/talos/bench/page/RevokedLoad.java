package io.talos.bench.page;

/**
 * What it takes to know many revoked ids.
 *
 * @param ids how many
 * @param seconds to read them, from a truth that makes them up as they are read
 * @param bytes that they keep of the heap
 */
public record RevokedLoad(int ids, double seconds, long bytes) {}
