package io.talos.a2a.store;

/** How a page of frames ends by its bytes. */
final class Paging {
  private Paging() {}

  /**
   * The frames of {@code select}, as long as the ciphertexts before each of them are less than the
   * bound together; so one always fits.
   *
   * @param order the column that {@code select} is ordered by
   * @param bytesMax the parameter that holds the bound
   */
  static String withinBytes(String select, String order, String bytesMax) {
    return "select * from (select c.*, sum(c.ciphertext_bytes) over (order by c."
        + order
        + ") - c.ciphertext_bytes as bytes_before from ("
        + select
        + ") c) f where f.bytes_before < "
        + bytesMax
        + " order by f."
        + order;
  }
}
