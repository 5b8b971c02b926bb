package io.talos.contracts.policy;

import io.talos.contracts.registry.Surface.Rate;

/**
 * Another fine limit for a surface than the registry's.
 *
 * @param surface the surface's id
 */
public record SurfaceLimit(String surface, Rate rate) {}
