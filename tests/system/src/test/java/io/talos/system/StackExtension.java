package io.talos.system;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts each of the two stacks at the first test that asks for it, and stops it after the last of
 * all. A second server runs from the first test that asks for {@link TwoNodes} on, and ends before
 * the next class of which none does.
 */
final class StackExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace OURS =
      ExtensionContext.Namespace.create(StackExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Stack.class || type == TwoNodes.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Stack stack = stackOf(context);
    if (parameter.getParameter().getType() == TwoNodes.class) {
      return TwoNodes.of(stack);
    }
    if (!TwoNodesLast.asks(context.getRequiredTestClass())) {
      stack.endSecondNode();
    }
    return stack;
  }

  private static Stack stackOf(ExtensionContext context) {
    ExtensionContext.Store store = context.getRoot().getStore(OURS);
    return AnnotationSupport.isAnnotated(context.getRequiredTestClass(), OnTheSpareStack.class)
        ? store.computeIfAbsent("spare", key -> Stack.startSpare(), Stack.class)
        : store.computeIfAbsent("the one", key -> Stack.start(), Stack.class);
  }
}
