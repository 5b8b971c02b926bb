package bad.talos.identity;

import org.eclipse.microprofile.config.ConfigProvider;

/** Reads a setting by itself. */
class ReadsAConfigKey {
  String mode() {
    return ConfigProvider.getConfig().getValue("mode", String.class);
  }
}
