package bad.talos.contracts.crypto;

import java.security.Provider;
import java.security.Security;

/** Changes the whole machine. */
final class AddsAProvider {
  int add(Provider provider) {
    return Security.addProvider(provider);
  }
}
