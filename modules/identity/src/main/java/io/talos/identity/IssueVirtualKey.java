package io.talos.identity;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.VirtualKeyIssued;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.time.WireTime;
import io.talos.identity.directory.Directory;
import io.talos.identity.directory.Member;
import io.talos.identity.keys.Limits;
import io.talos.identity.keys.VirtualKey;
import io.talos.identity.keys.VirtualKeyText;
import io.talos.identity.keys.VirtualKeys;
import io.talos.identity.ops.IdentitySettings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Makes a bearer key for a program that cannot sign. The key is given back once; what is kept does
 * not tell it.
 *
 * <p>It expires when asked, at most {@link Limits#LIFETIME_MAX} from now, or after the configured
 * lifetime. It may belong to a team, or to a service account and so to its team.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_INPUT} for name or expiry, {@link
 * ErrorCode#TEAM_NOT_FOUND}, {@link ErrorCode#PRINCIPAL_NOT_FOUND} for what is no service account,
 * or not one of the team. Audited as {@code virtual_key.issued}.
 */
@Dependent
public class IssueVirtualKey {
  private final VirtualKeys keys;
  private final Directory directory;
  private final VirtualKeyPepper pepper;
  private final UuidV7Generator ids;
  private final Randomness randomness;
  private final IdentitySettings settings;
  private final Event<VirtualKeyIssued> issued;
  private final InstantSource clock;

  @Inject
  IssueVirtualKey(
      VirtualKeys keys,
      Directory directory,
      VirtualKeyPepper pepper,
      UuidV7Generator ids,
      Randomness randomness,
      IdentitySettings settings,
      Event<VirtualKeyIssued> issued,
      InstantSource clock) {
    this.keys = keys;
    this.directory = directory;
    this.pepper = pepper;
    this.ids = ids;
    this.randomness = randomness;
    this.settings = settings;
    this.issued = issued;
    this.clock = clock;
  }

  /**
   * A new key.
   *
   * @param text the whole key; whoever takes this closes it
   */
  public record Issued(VirtualKey key, VirtualKeyText text) {}

  /**
   * What is asked for.
   *
   * @param team to which it shall belong
   * @param principal the service account that it shall speak for
   */
  public record Wanted(
      String name,
      Optional<Instant> expiresAt,
      Optional<UuidV7> team,
      Optional<UuidV7> principal) {}

  /** Issues a key. */
  @Transactional
  public Outcome<Issued> issue(Wanted wanted) {
    Optional<UuidV7> team = wanted.team();
    if (wanted.principal().isPresent()) {
      Optional<Member> account = account(wanted);
      if (account.isEmpty()) {
        return Outcome.refused(ErrorCode.PRINCIPAL_NOT_FOUND);
      }
      team = account.map(Member::team);
    } else if (team.isPresent() && directory.team(team.get()).isEmpty()) {
      return Outcome.refused(ErrorCode.TEAM_NOT_FOUND);
    }
    return issue(wanted, team, WireTime.cut(clock.instant()));
  }

  private Optional<Member> account(Wanted wanted) {
    return wanted
        .principal()
        .flatMap(directory::member)
        .filter(member -> member.kind() == Member.Kind.SERVICE_ACCOUNT)
        .filter(member -> member.status() != Member.Status.REVOKED)
        .filter(member -> wanted.team().orElse(member.team()).equals(member.team()));
  }

  private Outcome<Issued> issue(Wanted wanted, Optional<UuidV7> team, Instant now) {
    Instant end = wanted.expiresAt().orElseGet(() -> now.plus(settings.virtualKeyLifetime()));
    if (!VirtualKey.isName(wanted.name())
        || !end.isAfter(now)
        || end.isAfter(now.plus(Limits.LIFETIME_MAX))) {
      return Outcome.refused(ErrorCode.TALOS_INVALID_INPUT);
    }
    VirtualKeyText text = VirtualKeyText.fresh(ids.next(now), randomness);
    VirtualKey key =
        new VirtualKey(
            text.id(),
            wanted.name(),
            pepper.current(),
            tag(text),
            team,
            wanted.principal(),
            now,
            end,
            Optional.empty(),
            Optional.empty());
    keys.add(key);
    issued.fire(new VirtualKeyIssued(key.id(), key.name(), end, key.team(), key.principal()));
    return Outcome.done(new Issued(key, text));
  }

  private Bytes tag(VirtualKeyText text) {
    try (SecretBytes secret = pepper.forIssuing()) {
      return text.tag(secret);
    }
  }
}
