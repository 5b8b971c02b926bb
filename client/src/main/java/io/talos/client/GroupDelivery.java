package io.talos.client;

import io.talos.client.groups.PreparedCommit;
import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Who orders a group's commits and carries its messages. */
interface GroupDelivery {
  /** Offers a commit; one is taken in each epoch. */
  Reply<JsonObject> commit(PreparedCommit commit);

  Reply<JsonObject> propose(long epoch, Bytes proposal);

  Reply<JsonObject> send(long epoch, Bytes message);

  Reply<GroupEntry.Page> entries(Optional<String> cursor);

  /** What the last commit's author published for those who come from outside. */
  Reply<Bytes> groupInfo();

  /** Who is still to be removed because it asked to leave. */
  Reply<List<Did>> leaving();

  Reply<JsonObject> invite(Did invited);

  Reply<JsonObject> close();
}
