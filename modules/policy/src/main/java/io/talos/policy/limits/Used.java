package io.talos.policy.limits;

import io.talos.contracts.port.AccessControl.Allowance;

/**
 * How much of an allowance is used for good.
 *
 * @param allowance with the amount that one request took
 * @param total what all admitted requests used, this one included
 */
public record Used(Allowance allowance, long total) {}
