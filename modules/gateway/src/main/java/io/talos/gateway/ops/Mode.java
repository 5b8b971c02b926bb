package io.talos.gateway.ops;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.gateway.GatewayLog;
import io.talos.runtime.redis.Redis;
import io.talos.runtime.settings.Settings;
import java.util.Locale;

/**
 * How strict the server is with its own surroundings. {@code docs/operate/modes.md} lists every
 * difference for operators; whoever changes one changes the other.
 */
enum Mode {
  /** A newcomer's: starts on one machine, says loudly that it is not for production. */
  DEV {
    @Override
    void check(Settings settings, Redis redis) {
      GatewayLog.devMode();
    }
  },

  /** Fails closed: what is missing or unsafe stops the server from starting. */
  PROD {
    @Override
    void check(Settings settings, Redis redis) {
      require(
          settings.text("talos.base.url").startsWith("https://"),
          "talos.base.url is an https URL in prod");
      require(
          !settings.flag("talos.gateway.private-upstreams"),
          "talos.gateway.private-upstreams is false in prod");
      require(
          !settings.flag("talos.identity.did-web-private"),
          "talos.identity.did-web-private is false in prod");
      require(!settings.text("talos.redis.password").isEmpty(), "Redis has a password in prod");
      redis.ping();
    }
  };

  /** The mode that the settings name. */
  static Mode of(Settings settings) {
    String name = settings.text("talos.mode");
    for (Mode mode : values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(name)) {
        return mode;
      }
    }
    throw new TalosException(ErrorCode.CONFIGURATION_INVALID, "talos.mode is neither dev nor prod");
  }

  /** Throws {@link ErrorCode#CONFIGURATION_INVALID} when the mode forbids to start like this. */
  abstract void check(Settings settings, Redis redis);

  /**
   * What no mode allows: a secret that everybody knows, because Liberty takes its own text for it.
   */
  void checkAlways(Settings settings) {
    require(!settings.text("talos.keystore.password").isEmpty(), "talos.keystore.password is set");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new TalosException(ErrorCode.CONFIGURATION_INVALID, "does not hold: " + what);
    }
  }
}
