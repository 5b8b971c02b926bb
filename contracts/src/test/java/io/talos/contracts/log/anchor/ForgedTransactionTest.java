package io.talos.contracts.log.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Keccak256;
import io.talos.contracts.crypto.Secp256k1;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.TalosException;
import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory wants a transaction to be somebody else's, or to have two forms. */
class ForgedTransactionTest {
  private static final Secp256k1.KeyPair ALICE =
      Secp256k1.fromSecret(secret("00".repeat(31) + "01"));

  private static SecretBytes secret(String hex) {
    return SecretBytes.of(Hex.decode(hex).toArray());
  }

  static SignedEvmTransaction transaction() {
    return new EvmTransaction(
            31337,
            7,
            BigInteger.valueOf(1_500_000_000),
            BigInteger.valueOf(30_000_000_000L),
            60_000,
            EvmAddress.of(ALICE.publicKey()),
            Anchor.callData("talos.example/log\n5\nroot\n"))
        .sign(ALICE);
  }

  /** Source: Ethereum Yellow Paper, KEC of nothing; the second is KEC of one empty list. */
  @Test
  void keccak_is_the_one_before_sha3() {
    assertThat(Keccak256.of(Bytes.empty()).hex())
        .isEqualTo("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    assertThat(Keccak256.of(Hex.decode("c0")).hex())
        .isEqualTo("1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347");
  }

  /** Source: the first is the key 1; the second the first account of Ethereum's test mnemonic. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000000000000000000000000000000000000000000000000001,"
        + " 0x7e5f4552091a69125d5dfcb7b8c2659029395bdf",
    "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80,"
        + " 0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"
  })
  void an_account_is_the_end_of_its_keys_hash(String secret, String address) {
    assertThat(EvmAddress.of(Secp256k1.fromSecret(secret(secret)).publicKey()).text())
        .isEqualTo(address);
  }

  /** Source: the example of RFC 6979 over secp256k1 that wallets share: key 1, SHA-256. */
  @Test
  void a_signature_is_deterministic_and_low() {
    Bytes hash = Sha256.of(Bytes.utf8("Satoshi Nakamoto"));
    Secp256k1.Signature signature = ALICE.sign(hash);

    assertThat(signature.r().toString(16))
        .isEqualTo("934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8");
    assertThat(signature.s().toString(16))
        .isEqualTo("2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5");
    assertThat(Secp256k1.recover(hash, signature)).contains(ALICE.publicKey());
  }

  @Test
  void the_high_form_of_a_signature_is_nobodys() {
    BigInteger n =
        new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    Bytes hash = Sha256.of(Bytes.utf8("x"));
    Secp256k1.Signature low = ALICE.sign(hash);
    Secp256k1.Signature high = new Secp256k1.Signature(low.r(), n.subtract(low.s()), !low.odd());

    assertThat(Secp256k1.recover(hash, high)).isEqualTo(Optional.empty());
  }

  /** Source: the examples of the RLP page of the Ethereum documentation. */
  @Test
  void the_encoding_is_the_published_one() {
    Rlp.Item dog = new Rlp.Text(Bytes.utf8("dog"));
    Rlp.Item cat = new Rlp.Text(Bytes.utf8("cat"));
    Rlp.Item none = Rlp.Items.of();

    assertThat(Rlp.encode(dog).hex()).isEqualTo("83646f67");
    assertThat(Rlp.encode(Rlp.Items.of(cat, dog)).hex()).isEqualTo("c88363617483646f67");
    assertThat(Rlp.encode(Rlp.Text.of(0)).hex()).isEqualTo("80");
    assertThat(Rlp.encode(Rlp.Text.of(15)).hex()).isEqualTo("0f");
    assertThat(Rlp.encode(Rlp.Text.of(1024)).hex()).isEqualTo("820400");
    assertThat(
            Rlp.encode(
                    Rlp.Items.of(none, Rlp.Items.of(none), Rlp.Items.of(none, Rlp.Items.of(none))))
                .hex())
        .isEqualTo("c7c0c1c0c3c0c1c0");
    assertThat(
            Rlp.encode(
                    new Rlp.Text(
                        Bytes.utf8("Lorem ipsum dolor sit amet, consectetur adipisicing elit")))
                .hex())
        .startsWith("b8384c6f72656d20");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80",
        "c08000",
        "c18100",
        "c1b8",
        "c2b800",
        "f800",
        "f80180",
        "c8836361748364",
        "c5c4c3c2c1c0",
        "b90000"
      })
  void another_encoding_of_a_list_is_not_read(String hex) {
    assertThatThrownBy(() -> Rlp.decode(Hex.decode(hex))).isInstanceOf(TalosException.class);
  }

  @Test
  void a_transaction_is_read_back_and_its_sender_known() {
    SignedEvmTransaction signed = transaction();
    SignedEvmTransaction read = SignedEvmTransaction.parse(signed.raw());

    assertThat(read).isEqualTo(signed);
    assertThat(read.sender()).isEqualTo(EvmAddress.of(ALICE.publicKey()));
  }

  @Test
  void a_transaction_that_mallory_changed_in_any_bit_is_not_alices() {
    Bytes raw = transaction().raw();

    for (int bit = 0; bit < raw.size() * 8; bit++) {
      byte[] changed = raw.toArray();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(isAlices(Bytes.of(changed))).as("bit %d", bit).isFalse();
    }
  }

  private static boolean isAlices(Bytes raw) {
    try {
      return SignedEvmTransaction.parse(raw).sender().equals(EvmAddress.of(ALICE.publicKey()));
    } catch (TalosException e) {
      return false;
    }
  }
}
