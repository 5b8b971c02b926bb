package io.talos.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.port.Traffic;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.registry.Surface;
import io.talos.runtime.rest.Problem;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Alice sends a request again under its idempotency key, because the answer told her to. */
class AnswerMemoryTest {
  private static final UuidV7 REQUEST = new UuidV7("01a20049-ae05-7172-81c3-fc39a3ec769a");
  private static final Traffic.Claim CLAIM = claim(Optional.of("key"));

  private final RecordingTraffic traffic = new RecordingTraffic();
  private final AnswerMemory memory = new AnswerMemory(traffic);

  @Test
  void a_refusal_that_asks_to_try_again_frees_the_key() {
    assertThat(memory.prepare(CLAIM, problem(ErrorCode.A2A_LOCK_CONTENTION), false)).isEmpty();
    assertThat(traffic.calls).containsExactly("release");
  }

  @Test
  void a_server_fault_frees_the_key() {
    assertThat(memory.prepare(CLAIM, problem(ErrorCode.INTERNAL), false)).isEmpty();
    assertThat(traffic.calls).containsExactly("release");
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"UPSTREAM_TIMEOUT", "UPSTREAM_5XX", "UPSTREAM_RESPONSE_TOO_LARGE"})
  void a_call_that_an_upstream_may_have_run_keeps_its_key(ErrorCode code) {
    assertThat(memory.prepare(CLAIM, problem(code), false))
        .contains(new AnswerMemory.Kept(CLAIM, code.httpStatus()));
    assertThat(traffic.calls).isEmpty();
  }

  @Test
  void a_refusal_that_stands_is_kept() {
    assertThat(memory.prepare(CLAIM, problem(ErrorCode.AGENT_NOT_FOUND), false))
        .contains(new AnswerMemory.Kept(CLAIM, ErrorCode.AGENT_NOT_FOUND.httpStatus()));
    assertThat(traffic.calls).isEmpty();
  }

  @Test
  void an_answer_with_a_secret_is_never_kept() {
    assertThat(memory.prepare(CLAIM, response(201, "tvk_secret"), true)).isEmpty();
    assertThat(traffic.calls).containsExactly("remember 409");
  }

  @Test
  void without_a_key_nothing_is_kept() {
    assertThat(memory.prepare(claim(Optional.empty()), response(200, "x"), false)).isEmpty();
    assertThat(traffic.calls).isEmpty();
  }

  private static ContainerResponseContext problem(ErrorCode code) {
    return response(code.httpStatus(), Problem.of(code));
  }

  private static ContainerResponseContext response(int status, Object entity) {
    return (ContainerResponseContext)
        Proxy.newProxyInstance(
            AnswerMemoryTest.class.getClassLoader(),
            new Class<?>[] {ContainerResponseContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getStatus" -> status;
                  case "getEntity" -> entity;
                  case "hasEntity" -> true;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Traffic.Claim claim(Optional<String> key) {
    Surface surface =
        new Surface(
            "a2a.sessions.close",
            "DELETE",
            "/a2a/sessions/{id}",
            Set.of(Surface.Credential.SIGNATURE),
            Optional.empty(),
            false,
            "a2a:session:close",
            Surface.CapabilityUse.NONE,
            Optional.empty(),
            0,
            new Surface.Rate(1, 1));
    Principal alice =
        new Principal(PrincipalKind.AGENT, "did:key:alice", Set.of("agent"), AuthMode.SIGNED);
    return new Traffic.Claim(
        REQUEST, alice, surface, Bytes.utf8("digest"), key, Optional.empty(), Instant.EPOCH);
  }

  private static final class RecordingTraffic implements Traffic {
    private final List<String> calls = new ArrayList<>();

    @Override
    public Verdict byAddress(String clientAddress, Instant now) {
      throw new UnsupportedOperationException("not asked here");
    }

    @Override
    public Verdict byNewcomer(String clientAddress, Surface surface, Instant now) {
      throw new UnsupportedOperationException("not asked here");
    }

    @Override
    public Verdict reserve(Claim claim) {
      throw new UnsupportedOperationException("not asked here");
    }

    @Override
    public void release(UuidV7 requestId) {
      calls.add("release");
    }

    @Override
    public void remember(Claim claim, Answer answer) {
      calls.add("remember " + answer.status());
    }
  }
}
