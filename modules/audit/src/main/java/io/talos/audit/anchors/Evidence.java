package io.talos.audit.anchors;

import io.talos.contracts.log.anchor.Anchor;

/**
 * What a lane got for a checkpoint.
 *
 * @param name tells several of one kind apart; recorded once under it
 */
public record Evidence(String name, Anchor anchor) {}
