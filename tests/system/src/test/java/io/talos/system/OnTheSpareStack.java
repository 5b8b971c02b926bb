package io.talos.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test {@link Beside} the others; its {@link Stack} is one that only such tests get. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Beside
@ExtendWith(StackExtension.class)
@interface OnTheSpareStack {}
