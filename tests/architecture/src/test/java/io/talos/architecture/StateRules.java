package io.talos.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.haveRawType;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.concurrent.ConcurrentMap;

/** What may change. */
final class StateRules {
  static final DescribedPredicate<JavaClass> HOLDS_STATE =
      DescribedPredicate.describe(
          "a holder of state",
          type ->
              type.getPackageName().equals("java.util.concurrent.atomic")
                  || type.isAssignableTo(ThreadLocal.class)
                  || type.isAssignableTo(ConcurrentMap.class)
                  || type.isAssignableTo(HashMap.class)
                  || type.isAssignableTo(ArrayList.class));

  static final Rule STATICS_ARE_CONSTANT =
      Rule.of(
              fields()
                  .that()
                  .areStatic()
                  .should()
                  .beFinal()
                  .andShould(not(haveRawType(HOLDS_STATE)))
                  .because("a static that changes joins applications, tests and threads in secret"),
              "identity.keys.CountsStatically",
              "identity.keys.RemembersStatically")
          .sparing("identity.keys.FeatureWithJson");

  static final Rule NO_FIELD_IS_OPEN =
      Rule.of(
          fields()
              .that()
              .arePublic()
              .should()
              .beFinal()
              .because("a field that anyone may set keeps no promise"),
          "identity.keys.OpenField");

  static final Rule RECORDS_HOLD_NO_BYTE_ARRAY =
      Rule.of(
              fields()
                  .that()
                  .areDeclaredInClassesThat(
                      DescribedPredicate.describe("are records", JavaClass::isRecord))
                  .and()
                  .doNotHaveModifier(JavaModifier.STATIC)
                  .should()
                  .notHaveRawType(byte[].class)
                  .because(
                      "an array can be changed behind the record's back; Bytes and SecretBytes"
                          + " cannot"),
              "identity.keys.ByteArrayRecord")
          .sparing("identity.keys.BytesRecord");

  private StateRules() {}
}
