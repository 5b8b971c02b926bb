package bad.talos.client;

/** Chance of its own, and a bad one. */
final class DrawsMath {
  double draw() {
    return Math.random();
  }
}
