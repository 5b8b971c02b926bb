package io.talos.system;

import java.lang.reflect.Executable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Classes in the order of their names, but those that ask for {@link TwoNodes} after all others:
 * starting the second server takes longer than most of them.
 */
final class TwoNodesLast implements ClassOrderer {
  @Override
  public void orderClasses(ClassOrdererContext context) {
    context
        .getClassDescriptors()
        .sort(
            Comparator.comparing((ClassDescriptor test) -> asks(test.getTestClass()))
                .thenComparing(test -> test.getTestClass().getName()));
  }

  /** Whether the class, or one of its tests, wants a second server. */
  static boolean asks(Class<?> test) {
    return Stream.<Executable>concat(
            Stream.of(test.getDeclaredConstructors()), Stream.of(test.getDeclaredMethods()))
        .anyMatch(method -> List.of(method.getParameterTypes()).contains(TwoNodes.class));
  }
}
