package io.talos.contracts.capability;

import io.talos.contracts.Check;
import java.util.List;

/** What a capability is shown for. */
public sealed interface Need permits Need.Call, Need.Whole, Need.Any, Need.Inspection {
  /** Whether one of {@code granted} is enough. */
  boolean isMetBy(List<Scope> granted);

  /**
   * A call of one method of a tool. A method that no scope can name needs the whole tool.
   *
   * @param tool the tool, 1 character or more
   * @param method the method, 1 character or more
   */
  record Call(String tool, String method) implements Need {
    /** Neither is empty. */
    public Call {
      Check.that(!tool.isEmpty() && !method.isEmpty(), "tool and method are named");
    }

    @Override
    public boolean isMetBy(List<Scope> granted) {
      for (int i = 0; i < granted.size(); i++) {
        if (granted.get(i).coversMethod(tool, method)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Everything that a tool does. */
  record Whole(String tool) implements Need {
    @Override
    public boolean isMetBy(List<Scope> granted) {
      return granted.stream().anyMatch(g -> g.coversTool(tool));
    }
  }

  /** Whatever right within a tool: to open a session with it, not to make it do something. */
  record Any(String tool) implements Need {
    @Override
    public boolean isMetBy(List<Scope> granted) {
      return granted.stream().anyMatch(g -> g.tool().equals(tool));
    }
  }

  /** No use at all: somebody only wants to know whether the chain holds. */
  record Inspection() implements Need {
    @Override
    public boolean isMetBy(List<Scope> granted) {
      return true;
    }
  }
}
