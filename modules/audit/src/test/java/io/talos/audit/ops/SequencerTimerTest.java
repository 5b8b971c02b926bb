package io.talos.audit.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.UnreliableSequencer;
import io.talos.audit.event.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An outage of the database fills no log file and ends by itself. */
class SequencerTimerTest {
  private final Logger logger = Logger.getLogger("io.talos.audit");
  private final List<String> told = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord message) {
          told.add(message.getMessage().substring(0, "TALOS-AUD-0000".length()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  @AfterEach
  void hangUp() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  @Test
  @SuppressWarnings("UnnecessaryAssignment") // here the test is the container
  void an_outage_is_told_once_and_once_when_it_is_over() {
    SequencerTimer timer = new SequencerTimer();
    UnreliableSequencer sequencer = new UnreliableSequencer();
    timer.sequenceEvents = sequencer;

    timer.run(Samples.NOW);
    sequencer.away = true;
    for (int tick = 0; tick < 50; tick++) {
      timer.run(Samples.NOW);
    }
    sequencer.away = false;
    timer.run(Samples.NOW);
    timer.run(Samples.NOW);

    assertThat(told).containsExactly("TALOS-AUD-0003", "TALOS-AUD-0007");
    assertThat(sequencer.compared).as("what came back was held against what was published").isOne();
  }
}
