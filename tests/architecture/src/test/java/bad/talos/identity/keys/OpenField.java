package bad.talos.identity.keys;

/** A promise that anyone may break. */
final class OpenField {
  public String name = "";
}
