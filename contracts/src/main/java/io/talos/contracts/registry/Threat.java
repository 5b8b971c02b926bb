package io.talos.contracts.registry;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which threat of {@code contracts/registry/threats.json} an attack story keeps at bay.
 *
 * <p>Kept at run time, so that a test can hold the stories and the registry against each other.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Threat.Several.class)
public @interface Threat {
  /** The id in the registry, such as {@code T-REPLAY-01}. */
  String value();

  /** What the compiler wraps several threats of one story in. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.METHOD})
  @interface Several {
    /** The threats. */
    Threat[] value();
  }
}
