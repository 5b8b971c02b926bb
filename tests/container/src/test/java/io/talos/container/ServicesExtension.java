package io.talos.container;

import org.jboss.arquillian.core.spi.LoadableExtension;

/** Makes Arquillian start the services before its server. */
public final class ServicesExtension implements LoadableExtension {
  @Override
  public void register(ExtensionBuilder builder) {
    builder.observer(ServicesBeforeServer.class);
  }
}
