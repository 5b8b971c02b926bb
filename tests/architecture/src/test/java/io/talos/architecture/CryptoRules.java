package io.talos.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static io.talos.architecture.Conditions.haveNoDependency;
import static io.talos.architecture.Conditions.into;
import static io.talos.architecture.Conditions.notAccess;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.security.Principal;
import java.security.Security;
import java.util.Set;

/** Where cryptography happens. */
final class CryptoRules {
  private static final DescribedPredicate<JavaClass> OUTSIDE =
      Place.where(
          "stand outside contracts.crypto",
          p -> !(p.part().equals("contracts") && p.room().equals("crypto")));

  static final Rule CRYPTOGRAPHY_STAYS_IN_ONE_PACKAGE =
      Rule.of(
              classes()
                  .that(OUTSIDE)
                  .should(
                      haveNoDependency(
                          "know neither javax.crypto, java.security, BouncyCastle, Conscrypt nor"
                              + " Corretto",
                          d -> isCryptography(d) && !isMlsOfAMember(d)))
                  .because(
                      "one package is read by a cryptographer; others compare with ConstantTime and"
                          + " hash with Sha256. java.security.Principal alone is free: it is a"
                          + " name, not cryptography. MLS is a protocol that BouncyCastle speaks,"
                          + " and client.groups is where it is spoken to"),
              "identity.keys.HashesByHand",
              "identity.keys.EncryptsByHand",
              "identity.keys.CallsTheNativeLibrary",
              "contracts.codec.SignsByHand",
              "client.SpeaksMls",
              "client.groups.DigestsByHand")
          .sparing(
              "contracts.crypto.MayHash",
              "identity.rest.AsksForPrincipal",
              "client.groups.SpeaksMls");

  static final Rule NO_PROVIDER_IS_ADDED =
      Rule.of(
          classes()
              .should(
                  notAccess(
                      "change the JVM's list of security providers",
                      t ->
                          t.getOwner().isEquivalentTo(Security.class)
                              && Set.of("addProvider", "insertProviderAt", "removeProvider")
                                  .contains(t.getName())))
              .because("it would change the cryptography of everything else in the server"),
          "contracts.crypto.AddsAProvider");

  private CryptoRules() {}

  private static boolean isCryptography(Dependency dependency) {
    return into("javax.crypto")
            .or(into("java.security"))
            .or(into("org.bouncycastle"))
            .or(into("org.conscrypt"))
            .or(into("com.amazon.corretto"))
            .test(dependency)
        && !dependency.getTargetClass().isEquivalentTo(Principal.class);
  }

  private static boolean isMlsOfAMember(Dependency dependency) {
    return into("org.bouncycastle").test(dependency)
        && Place.of(dependency.getOriginClass())
            .filter(place -> place.part().equals("client") && place.room().equals("groups"))
            .isPresent();
  }
}
