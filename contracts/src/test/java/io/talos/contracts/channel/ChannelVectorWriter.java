package io.talos.contracts.channel;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes {@code channel/x3dh-2.json}: the inputs are made here, the answers come from the code.
 * Whoever runs it after a change of the formulas breaks every agent that is out there.
 */
final class ChannelVectorWriter {

  private ChannelVectorWriter() {}

  /** Writes to the path given. */
  public static void main(String[] arguments) throws IOException {
    ChannelCases cases = new ChannelCases();
    new HandshakeCases(cases).addAll();
    new RatchetCases(cases).addAll();
    new FrameCases(cases).addAll();
    cases.write(Path.of(arguments[0]));
  }
}
