package io.talos.a2a.groups;

import java.time.Duration;

/** How large groups and what belongs to them may be. */
public final class Limits {
  /** Most members of a group. */
  public static final int MEMBERS_MAX = 256;

  /** Most members that one commit adds. */
  public static final int ADDED_MAX = 100;

  /** Longest name in characters. */
  public static final int NAME_CHARACTERS_MAX = 255;

  /** Largest commit in bytes. */
  public static final int COMMIT_BYTES_MAX = 512 << 10;

  /** Largest welcome in bytes. */
  public static final int WELCOME_BYTES_MAX = 512 << 10;

  /** Largest group info in bytes. */
  public static final int GROUP_INFO_BYTES_MAX = 256 << 10;

  /** Largest proposal in bytes. */
  public static final int PROPOSAL_BYTES_MAX = 16 << 10;

  /** Largest message in bytes. */
  public static final int MESSAGE_BYTES_MAX = 1 << 20;

  /** Largest key package in bytes. */
  public static final int KEY_PACKAGE_BYTES_MAX = 4096;

  /** Most single-use key packages of one agent. */
  public static final int KEY_PACKAGES_MAX = 100;

  /** From this many single-use key packages down their owner should bring more. */
  public static final int KEY_PACKAGES_LOW = 10;

  /** How many single-use key packages of one agent a caller gets within {@link #CLAIM_WINDOW}. */
  public static final int CLAIMS_MAX = 5;

  /** Over how long the claims of one caller are counted. */
  public static final Duration CLAIM_WINDOW = Duration.ofHours(1);

  /** How long it is remembered that a key package was claimed. */
  public static final Duration CLAIM_MEMORY = Duration.ofDays(90);

  /** Most invitations of one group that are good at a time. */
  public static final int INVITATIONS_MAX = 256;

  /** How long an invitation lasts when nobody says. */
  public static final Duration INVITATION_DEFAULT = Duration.ofDays(7);

  /** How long an invitation may last. */
  public static final Duration INVITATION_MAX = Duration.ofDays(30);

  /** Most entries, events or groups on a page. */
  public static final int PAGE_MAX = 200;

  /** How many of them when nobody says. */
  public static final int PAGE_DEFAULT = 100;

  /** How many stays of one agent in one group are looked at, the latest first. */
  public static final int STAYS_MAX = 1000;

  /** Most groups that one sweep looks at. */
  public static final int SWEPT_GROUPS_MAX = 100;

  /** Most entries that one sweep removes from a group. */
  public static final int SWEPT_ENTRIES_MAX = 1000;

  private Limits() {}
}
