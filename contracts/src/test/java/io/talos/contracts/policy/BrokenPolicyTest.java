package io.talos.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.policy.PolicyProblem.Kind;
import io.talos.contracts.registry.SurfaceRegistry;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A document that does not mean what it says is told so, place by place. */
@Threat("T-CAPABILITYABUSE-01")
class BrokenPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final BuiltInPolicy BUILT_IN = BuiltInPolicy.load();
  private static final PolicyCheck CHECK =
      new PolicyCheck(new SchemaLibrary(), SurfaceRegistry.load().all(), BUILT_IN);
  private static final String ALICE = "'subject':{'type':'principal','id':'did:key:alice'}";
  private static final String EVERYWHERE = "'scope':{'scope_type':'global'}";

  private static JsonObject document(String lists) {
    return StrictJson.parseObject(
        Bytes.utf8(
            ("{'schema_id':'talos.policy_bundle','schema_version':'v1'" + lists + "}")
                .replace('\'', '"')),
        io.talos.contracts.json.Limits.REQUEST);
  }

  private static List<String> problems(String lists) {
    return CHECK.problems(document(lists), NOW).stream()
        .map(p -> p.kind() + " " + p.pointer())
        .toList();
  }

  private static String binding(String id, String role, String more) {
    return "{'binding_id':'" + id + "','role_id':'" + role + "'," + ALICE + "," + more + "}";
  }

  @Test
  void an_empty_document_is_good() {
    assertThat(problems("")).isEmpty();
    assertThat(PolicyCheck.isUsable(CHECK.problems(PolicyDocument.empty().json(), NOW))).isTrue();
  }

  @Test
  void what_the_schema_does_not_know_is_told_at_its_place() {
    assertThat(problems(",'roles':[{'role_id':'Bad Name','permissions':['a:b:c']}]"))
        .contains(Kind.SCHEMA + " /roles/0/role_id");
    assertThat(problems(",'roles':[{'role_id':'r','permissions':['a:b']}]"))
        .contains(Kind.SCHEMA + " /roles/0/permissions/0");
    assertThat(problems(",'surprise':1")).isNotEmpty();
    assertThat(
            problems(
                ",'bindings':[" + binding("b", "agent", "'effect':'maybe'," + EVERYWHERE) + "]"))
        .contains(Kind.SCHEMA + " /bindings/0/effect");
  }

  @Test
  void an_id_stands_once() {
    assertThat(
            problems(
                ",'roles':[{'role_id':'r','permissions':['audit:event:read']},"
                    + "{'role_id':'r','permissions':['audit:event:read']}]"))
        .containsExactly(Kind.DUPLICATE_ID + " /roles/1/role_id");
  }

  @Test
  void a_built_in_role_is_not_replaced_and_a_missing_one_not_bound() {
    assertThat(problems(",'roles':[{'role_id':'operator','permissions':['audit:event:read']}]"))
        .containsExactly(Kind.ROLE_BUILT_IN + " /roles/0/role_id");
    assertThat(problems(",'bindings':[" + binding("b", "ghost", EVERYWHERE) + "]"))
        .containsExactly(Kind.ROLE_UNKNOWN + " /bindings/0/role_id");
  }

  @Test
  void a_scope_that_reaches_more_or_less_than_it_says_is_refused() {
    assertThat(
            problems(
                ",'bindings':[" + binding("b", "agent", "'scope':{'scope_type':'session'}") + "]"))
        .containsExactly(Kind.SCOPE_ATTRIBUTES + " /bindings/0/scope/attributes");
    assertThat(
            problems(
                ",'bindings':["
                    + binding(
                        "b", "agent", "'scope':{'scope_type':'global','attributes':{'a':'b'}}")
                    + "]"))
        .containsExactly(Kind.SCOPE_ATTRIBUTES + " /bindings/0/scope/attributes");
  }

  @Test
  void what_would_never_be_asked_is_a_warning_and_no_error() {
    List<PolicyProblem> problems =
        CHECK.problems(
            document(
                ",'roles':[{'role_id':'r','permissions':['crm:record:read','*:*:*']}],'bindings':["
                    + binding("b", "r", "'scope':{'scope_type':'record','attributes':{'id':'1'}}")
                    + ","
                    + binding("c", "r", "'expires_at':'2026-11-21T12:00:00.000Z'," + EVERYWHERE)
                    + "]"),
            NOW);

    assertThat(problems.stream().map(PolicyProblem::kind))
        .containsExactly(
            Kind.PERMISSION_UNUSED, Kind.PERMITS_EVERYTHING, Kind.SCOPE_UNUSED, Kind.EXPIRED);
    assertThat(PolicyCheck.isUsable(problems)).isTrue();
  }

  @Test
  void a_limit_of_nothing_a_price_of_nothing_and_a_team_of_nobody_are_refused() {
    assertThat(problems(",'limits':[{'surface':'ops.version','per_second':1,'burst':1}]"))
        .containsExactly(Kind.SURFACE_UNKNOWN + " /limits/0/surface");
    assertThat(
            problems(
                ",'tools':[{'rule_id':'t','server':'s','tool':'x','effect':'deny',"
                    + "'call_price_micro_usd':1}]"))
        .containsExactly(Kind.PRICE_OF_DENY + " /tools/0/call_price_micro_usd");
    assertThat(
            problems(
                ",'budgets':[{'budget_id':'b','subject':{'type':'team','id':'x'},"
                    + "'limit_micro_usd':1,'period':'day'}]"))
        .containsExactly(Kind.SUBJECT_ID + " /budgets/0/subject/id");
  }

  @Test
  void a_day_that_no_month_has_is_no_time() {
    assertThat(
            problems(
                ",'bindings':["
                    + binding("b", "agent", "'expires_at':'2026-02-31T12:00:00.000Z'," + EVERYWHERE)
                    + "]"))
        .containsExactly(Kind.TIME + " /bindings");
  }

  @Test
  void operators_cannot_shut_themselves_out_by_any_role() {
    String group = "'subject':{'type':'group','id':'operator'}";
    for (String permission : List.of("*:*:*", "policy:*:*", "policy:bundle:publish")) {
      assertThat(
              problems(
                  ",'roles':[{'role_id':'r','permissions':['"
                      + permission
                      + "']}],'bindings':[{'binding_id':'b','role_id':'r','effect':'deny',"
                      + group
                      + ","
                      + EVERYWHERE
                      + "}]"))
          .contains(Kind.LOCKOUT + " /bindings/0");
    }
  }

  @Test
  void a_dry_run_finds_what_a_deny_takes_and_what_an_allow_gives() {
    PolicyDocument after =
        PolicyDocument.of(
            document(
                ",'roles':[{'role_id':'r','permissions':['secrets:secret:list']}],'bindings':["
                    + binding("give", "r", EVERYWHERE)
                    + ","
                    + binding(
                        "take",
                        "agent",
                        "'effect':'deny','scope':{'scope_type':'agent','attributes':{'did':'*'}}")
                    + "]"));
    Set<Permission> asked =
        Set.of(Permission.parse("secrets:secret:list"), Permission.parse("identity:agent:read"));

    PolicyImpact impact = PolicyImpact.of(side(PolicyDocument.empty()), side(after), asked, NOW);

    assertThat(
            impact.gained().stream()
                .map(c -> c.after().permission().text() + " " + c.after().scope().type()))
        .containsExactlyInAnyOrder("secrets:secret:list global", "secrets:secret:list agent");
    assertThat(
            impact.lost().stream()
                .map(c -> c.after().permission().text() + " " + c.after().scope().type()))
        .containsExactly("identity:agent:read agent");
    assertThat(impact.truncated()).isFalse();
  }

  private static PolicyImpact.Side side(PolicyDocument document) {
    List<PolicyRole> roles = new java.util.ArrayList<>(BUILT_IN.roles());
    roles.addAll(document.roles());
    List<PolicyBinding> bindings = new java.util.ArrayList<>(BUILT_IN.bindings());
    bindings.addAll(document.bindings());
    return new PolicyImpact.Side(AccessRules.of(0, roles, bindings), bindings);
  }

  @Test
  void two_documents_differ_by_the_ids_of_their_entries() {
    PolicyDocument before =
        PolicyDocument.of(
            document(
                ",'limits':[{'surface':'a.b','per_second':1,'burst':1},"
                    + "{'surface':'c.d','per_second':1,'burst':1}]"));
    PolicyDocument after =
        PolicyDocument.of(
            document(
                ",'limits':[{'surface':'c.d','per_second':2,'burst':1},"
                    + "{'surface':'e.f','per_second':1,'burst':1}]"));

    Map<String, PolicyParts> parts = PolicyParts.between(before, after);

    assertThat(parts.get("limits"))
        .isEqualTo(new PolicyParts(List.of("e.f"), List.of("a.b"), List.of("c.d")));
    assertThat(parts.get("roles")).isEqualTo(new PolicyParts(List.of(), List.of(), List.of()));
  }

  @Test
  void a_server_with_an_allow_rule_is_closed_and_a_deny_beats_an_allow() {
    ToolRules rules =
        new ToolRules(
            PolicyDocument.of(
                    document(
                        ",'tools':[{'rule_id':'reads','server':'notes','tool':'read*','effect':'allow',"
                            + "'call_price_micro_usd':5},"
                            + "{'rule_id':'one','server':'notes','tool':'read_one','effect':'allow',"
                            + "'call_price_micro_usd':9},"
                            + "{'rule_id':'not','server':'notes','tool':'read_all','effect':'deny'},"
                            + "{'rule_id':'erase','server':'open','tool':'erase','effect':'deny'}]"))
                .tools());

    assertThat(rules.forbids("notes", "read_one")).isEmpty();
    assertThat(rules.forbids("notes", "read_all")).contains("not");
    assertThat(rules.forbids("notes", "write")).contains("notes");
    assertThat(rules.forbids("notes", "")).contains("notes");
    assertThat(rules.forbids("open", "write")).isEmpty();
    assertThat(rules.forbids("open", "erase")).contains("erase");
    assertThat(rules.forbids("other", "erase")).isEmpty();
    assertThat(rules.callPriceMicroUsd("notes", "read_one")).hasValue(9);
    assertThat(rules.callPriceMicroUsd("notes", "read_two")).hasValue(5);
    assertThat(rules.callPriceMicroUsd("notes", "write")).isEmpty();
  }

  @Test
  void an_export_names_nobody_and_keeps_what_is_equal_equal() {
    PolicyDocument document =
        PolicyDocument.of(
            document(
                ",'about':'secret plan','bindings':["
                    + binding(
                        "b",
                        "agent",
                        "'scope':{'scope_type':'agent','attributes':{'did':'did:key:alice'}}")
                    + "]"));

    JsonObject redacted = RedactedPolicy.of(document, Bytes.of(new byte[32]));

    assertThat(redacted.toString()).doesNotContain("alice", "secret plan").contains("\"agent\"");
    JsonObject binding = redacted.getJsonArray("bindings").getJsonObject(0);
    assertThat(binding.getJsonObject("subject").getString("id"))
        .isEqualTo(binding.getJsonObject("scope").getJsonObject("attributes").getString("did"));
    assertThat(RedactedPolicy.of(document, Bytes.utf8("another salt")).toString())
        .isNotEqualTo(redacted.toString());
  }
}
