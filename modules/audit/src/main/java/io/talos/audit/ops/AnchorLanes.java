package io.talos.audit.ops;

import io.talos.audit.KeepAttempts;
import io.talos.audit.RememberWitnesses;
import io.talos.audit.anchors.AnchorSettings;
import io.talos.audit.anchors.Lane;
import io.talos.audit.anchors.TimestampLane;
import io.talos.audit.evm.EvmAccount;
import io.talos.audit.evm.EvmLane;
import io.talos.audit.witness.WitnessLane;
import io.talos.contracts.crypto.Randomness;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** The lanes that the settings ask for. */
@Dependent
public class AnchorLanes {
  private final List<Lane> lanes = new ArrayList<>();

  @Inject
  AnchorLanes(
      AnchorSettings settings,
      AnchorWeb web,
      RememberWitnesses witnesses,
      EvmAccount account,
      KeepAttempts attempts,
      Randomness randomness) {
    if (!settings.witnesses().isEmpty()) {
      lanes.add(new WitnessLane(settings.witnesses(), settings.quorum(), web, witnesses));
    }
    settings.tsa().ifPresent(tsa -> lanes.add(new TimestampLane(tsa, web, randomness)));
    settings.evm().ifPresent(evm -> lanes.add(new EvmLane(evm, web, account, attempts)));
  }

  List<Lane> all() {
    return List.copyOf(lanes);
  }
}
