package io.talos.system;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** An operator's JMX console on the server's machine; there is none from elsewhere. */
final class Console implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection server;
  private final ObjectName bean;

  private Console(JMXConnector connector, String bean) throws IOException, JMException {
    this.connector = connector;
    this.server = connector.getMBeanServerConnection();
    this.bean = new ObjectName(bean);
  }

  /** A console on the bean of this name in the stack's server. */
  @SuppressWarnings("BanJNDI") // the address comes from the server's own JVM, on this machine
  static Console of(Stack stack, String bean) throws IOException, JMException {
    long pid = stack.launcher().liberty().pid().orElseThrow();
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        JMXServiceURL url = new JMXServiceURL(machine.startLocalManagementAgent());
        return new Console(JMXConnectorFactory.connect(url), bean);
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("the server's JVM takes no console", e);
    }
  }

  Object read(String attribute) {
    try {
      return server.getAttribute(bean, attribute);
    } catch (IOException | JMException e) {
      throw new IllegalStateException(attribute, e);
    }
  }

  Object call(String operation) {
    try {
      return server.invoke(bean, operation, new Object[0], new String[0]);
    } catch (IOException | JMException e) {
      throw new IllegalStateException(operation, e);
    }
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
