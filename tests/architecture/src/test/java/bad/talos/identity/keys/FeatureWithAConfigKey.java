package bad.talos.identity.keys;

import org.eclipse.microprofile.config.ConfigProvider;

/** A feature that reads a setting. */
final class FeatureWithAConfigKey {
  String mode() {
    return ConfigProvider.getConfig().getValue("mode", String.class);
  }
}
