package io.talos.client.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The form of an MLS message, looked at before the library reads it: every length lies within the
 * message, is written the shortest way, and nothing follows the end. The library itself allocates
 * what a length says before it looks whether that much is there.
 *
 * <p>Only what Talos groups use passes: basic credentials, and the proposals add, remove, external
 * init and (of a member that is alone) external pre-shared key.
 *
 * <p>Source: RFC 9420 §2.1.2 (lengths), §6 (messages), §7.1, §7.2, §7.6 (trees), §10 (key
 * packages), §12.1, §12.4.3 (proposals, group info, welcome).
 */
final class Wire {
  /** What a message is; the numbers are the wire formats of RFC 9420 §17.2. */
  enum Form {
    PUBLIC_MESSAGE(1),
    PRIVATE_MESSAGE(2),
    WELCOME(3),
    GROUP_INFO(4),
    KEY_PACKAGE(5);

    private final int number;

    Form(int number) {
      this.number = number;
    }
  }

  private static final int MLS10 = 1;
  private static final int BASIC = 1;
  private static final int MEMBER = 1;
  private static final int NEW_MEMBER_COMMIT = 4;
  private static final int RATCHET_TREE = 2;

  private final ByteBuffer in;

  private Wire(Bytes message) {
    this.in = ByteBuffer.wrap(message.toArray());
  }

  /**
   * Looks at a message.
   *
   * @return the same bytes, for the library
   * @throws TalosException {@link ErrorCode#A2A_GROUP_MESSAGE_INVALID}
   */
  static byte[] require(Bytes message, Form form) {
    if (message.size() > Limits.MESSAGE_BYTES_MAX) {
      throw bad("too long");
    }
    Wire wire = new Wire(message);
    try {
      wire.number(2, MLS10);
      wire.number(2, form.number);
      wire.body(form);
    } catch (BufferUnderflowException e) {
      throw new TalosException(ErrorCode.A2A_GROUP_MESSAGE_INVALID, "cut off", e);
    }
    if (wire.in.hasRemaining()) {
      throw bad("something follows the end");
    }
    return message.toArray();
  }

  private void body(Form form) {
    switch (form) {
      case PUBLIC_MESSAGE -> publicMessage();
      case PRIVATE_MESSAGE -> privateMessage();
      case WELCOME -> welcome();
      case GROUP_INFO -> groupInfo();
      case KEY_PACKAGE -> keyPackage();
    }
  }

  private void publicMessage() {
    opaque();
    skip(Long.BYTES);
    int sender = u8();
    if (sender == MEMBER) {
      skip(Integer.BYTES);
    } else if (sender != NEW_MEMBER_COMMIT) {
      throw bad("a sender outside the group");
    }
    opaque();
    int content = u8();
    if (content == 2) {
      proposal();
    } else if (content == 3) {
      commit();
    } else {
      throw bad("a public message holds a proposal or a commit");
    }
    opaque();
    if (content == 3) {
      opaque();
    }
    if (sender == MEMBER) {
      opaque();
    }
  }

  private void privateMessage() {
    opaque();
    skip(Long.BYTES);
    number(1, 1);
    opaque();
    opaque();
    opaque();
  }

  private void welcome() {
    skip(Short.BYTES);
    vector(
        () -> {
          opaque();
          hpke();
        });
    opaque();
  }

  private void groupInfo() {
    number(2, MLS10);
    skip(Short.BYTES);
    opaque();
    skip(Long.BYTES);
    opaque();
    opaque();
    vector(this::extension);
    vector(this::extension);
    opaque();
    skip(Integer.BYTES);
    opaque();
  }

  private void keyPackage() {
    number(2, MLS10);
    skip(Short.BYTES);
    opaque();
    leaf();
    vector(this::extension);
    opaque();
  }

  private void commit() {
    vector(
        () -> {
          int type = u8();
          if (type == 1) {
            proposal();
          } else if (type == 2) {
            opaque();
          } else {
            throw bad("neither a proposal nor a reference");
          }
        });
    optional(
        () -> {
          leaf();
          vector(
              () -> {
                opaque();
                vector(this::hpke);
              });
        });
  }

  private void proposal() {
    switch (u16()) {
      case 1 -> keyPackage();
      case 3 -> skip(Integer.BYTES);
      case 4 -> preSharedKey();
      case 6 -> opaque();
      default -> throw bad("a proposal that Talos groups do not use");
    }
  }

  private void preSharedKey() {
    number(1, 1);
    opaque();
    opaque();
  }

  private void leaf() {
    opaque();
    opaque();
    number(2, BASIC);
    opaque();
    for (int list = 0; list < 5; list++) {
      vector(() -> skip(Short.BYTES));
    }
    switch (u8()) {
      case 1 -> skip(2 * Long.BYTES);
      case 2 -> {}
      case 3 -> opaque();
      default -> throw bad("a leaf from nowhere");
    }
    vector(this::extension);
    opaque();
  }

  private void extension() {
    int type = u16();
    int end = length() + in.position();
    if (type == RATCHET_TREE) {
      vector(() -> optional(this::node));
      if (in.position() != end) {
        throw bad("the tree ends elsewhere");
      }
    } else {
      skip(end - in.position());
    }
  }

  private void node() {
    int type = u8();
    if (type == 1) {
      leaf();
    } else if (type == 2) {
      opaque();
      opaque();
      vector(() -> skip(Integer.BYTES));
    } else {
      throw bad("neither leaf nor parent");
    }
  }

  private void hpke() {
    opaque();
    opaque();
  }

  private void optional(Runnable value) {
    int present = u8();
    if (present > 1) {
      throw bad("neither present nor absent");
    }
    if (present == 1) {
      value.run();
    }
  }

  private void vector(Runnable element) {
    int end = length() + in.position();
    while (in.position() < end) {
      element.run();
    }
    if (in.position() != end) {
      throw bad("a list ends within its element");
    }
  }

  private void opaque() {
    skip(length());
  }

  private int length() {
    int first = u8();
    int width = first >>> 6;
    int length = first & 0x3F;
    int least = 0;
    if (width == 1) {
      length = length << 8 | u8();
      least = 1 << 6;
    } else if (width == 2) {
      length = length << 24 | u8() << 16 | u16();
      least = 1 << 14;
    } else if (width == 3) {
      throw bad("no such length");
    }
    if (length < least || length > in.remaining()) {
      throw bad("a length beyond the end, or not the shortest");
    }
    return length;
  }

  private void number(int bytes, int expected) {
    if ((bytes == 1 ? u8() : u16()) != expected) {
      throw bad("another kind of message");
    }
  }

  private int u8() {
    return in.get() & 0xFF;
  }

  private int u16() {
    return in.getShort() & 0xFFFF;
  }

  private void skip(int bytes) {
    if (bytes > in.remaining()) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + bytes);
  }

  private static TalosException bad(String why) {
    return new TalosException(ErrorCode.A2A_GROUP_MESSAGE_INVALID, why);
  }
}
