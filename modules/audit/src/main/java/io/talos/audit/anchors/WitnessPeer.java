package io.talos.audit.anchors;

import io.talos.contracts.log.WitnessKey;
import java.net.URI;

/**
 * A witness that is asked for cosignatures.
 *
 * @param key whose cosignature counts
 * @param prefix its submission prefix, without a slash at the end
 */
public record WitnessPeer(WitnessKey key, URI prefix) {}
