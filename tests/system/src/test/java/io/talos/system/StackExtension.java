package io.talos.system;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the stack at the first test that asks for it, and stops it after the last of all. A second
 * server runs from the first test that asks for {@link TwoNodes} on, and ends before the next class
 * of which none does.
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
    Stack stack =
        context
            .getRoot()
            .getStore(OURS)
            .computeIfAbsent(Stack.class, key -> Stack.start(), Stack.class);
    if (parameter.getParameter().getType() == TwoNodes.class) {
      return TwoNodes.of(stack);
    }
    if (!TwoNodesLast.asks(context.getRequiredTestClass())) {
      stack.endSecondNode();
    }
    return stack;
  }
}
