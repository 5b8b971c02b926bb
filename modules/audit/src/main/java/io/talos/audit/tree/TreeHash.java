package io.talos.audit.tree;

import io.talos.contracts.Bytes;

/**
 * One hash of the log's tree, at its place in the tiles.
 *
 * @param level the tile level
 * @param position which hash of its level, from 0
 */
public record TreeHash(int level, long position, Bytes hash) {}
