package io.talos.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.KeyFile;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.capability.CapabilityVerifier;
import io.talos.contracts.capability.Need;
import io.talos.contracts.capability.Presentation;
import io.talos.contracts.capability.RootGrant;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alice passes on what she holds from the command line, and only less of it. */
class PassedOnCapabilityTest {
  private static final Ed25519.KeyPair AUTHORITY =
      Ed25519.fromSeed(SecretBytes.of(new byte[Ed25519.SEED_SIZE]));
  private static final UuidV7 ID = new UuidV7("019aa000-0000-7000-8000-000000000001");

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final Identity alice = Identity.generate(Randomness.secure());
  private final Identity bob = Identity.generate(Randomness.secure());
  private final StringWriter out = new StringWriter();

  @TempDir Path folder;

  @BeforeEach
  void alice_holds_a_capability() throws IOException {
    UnverifiedCapability alices =
        RootGrant.of(
                Did.parse(alice.did()),
                "here",
                List.of(Scope.ofTool("notes")),
                now.plus(Duration.ofHours(1)))
            .withDelegationDepth(1)
            .withCalls(5)
            .signedBy(AUTHORITY, ID, now);
    Files.writeString(folder.resolve("alices"), alices.header() + "\n");
    KeyFile.create(folder.resolve("alice.key"), alice);
  }

  @Test
  void what_alice_passes_on_verifies_for_bob_from_his_network_only() {
    int status =
        attenuate(
            "--scope",
            "tool:notes/method:read",
            "--calls",
            "2",
            "--source",
            "192.0.2.0/24",
            "--constraint",
            "{\"type\":\"glob\",\"pointer\":\"/name\",\"pattern\":\"public/*\"}");

    assertThat(status).isEqualTo(Main.DONE);
    UnverifiedCapability bobs = UnverifiedCapability.parse(out.toString().strip());
    assertThat(answer(bobs, Optional.of("192.0.2.7"))).isEqualTo("VERIFIED");
    assertThat(answer(bobs, Optional.of("198.51.100.7"))).isEqualTo("CAPABILITY_SOURCE_MISMATCH");
    assertThat(bobs.leaf().terms().calls()).hasValue(2);
  }

  @Test
  void more_than_alice_has_is_not_signed() {
    assertThat(attenuate("--calls", "6")).isEqualTo(Main.REFUSED);
    assertThat(attenuate("--scope", "tool:mail")).isEqualTo(Main.REFUSED);
    assertThat(attenuate("--until", "2999-01-01T00:00:00.000Z")).isEqualTo(Main.REFUSED);
    assertThat(out.toString()).isEmpty();
  }

  private int attenuate(String... narrower) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "capability",
                "attenuate",
                folder.resolve("alices").toString(),
                "--key",
                folder.resolve("alice.key").toString(),
                "--to",
                bob.did()));
    words.addAll(List.of(narrower));
    return Main.run(
        new PrintWriter(out, true),
        new PrintWriter(new StringWriter(), true),
        words.toArray(String[]::new));
  }

  private String answer(UnverifiedCapability chain, Optional<String> source) {
    Presentation shown =
        new Presentation(bob.did(), new Need.Call("notes", "read"), now.plusSeconds(1), source);
    return new CapabilityVerifier(Set.of(Did.ofKey(AUTHORITY.publicKey())), "here")
        .verify(chain, shown)
        .match(good -> "VERIFIED", refused -> refused.code().name());
  }
}
