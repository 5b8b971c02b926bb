package io.talos.a2a.frames;

import io.talos.contracts.id.UuidV7;

/** The store of the stories keeps the contract of the real one. */
class MemoryFramesTest implements FramesContract {
  private final MemoryFrames frames = new MemoryFrames();

  @Override
  public Frames frames() {
    return frames;
  }

  @Override
  public Inboxes inboxes() {
    return frames;
  }

  @Override
  public UuidV7 session(int number) {
    return new UuidV7("01946896-1234-7567-89ab-00000000000" + number);
  }
}
