package dev.questline.log;

import static dev.questline.log.Events.append;
import static dev.questline.log.Events.event;
import static dev.questline.log.Events.eventOfClient;
import static dev.questline.log.Events.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.questline.event.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In front of a log in memory that answers when told to. */
class IdempotentLogTest {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final HeldBackLog delegate = new HeldBackLog();
    private final List<LogUnavailable> overdue = new ArrayList<>();
    private final PendingAppends pending = new PendingAppends(DEADLINE, overdue::add);
    private final Doubts doubts = new Doubts();
    private final IdTable table = new IdTable(1_000, Duration.ofMinutes(1));
    private final IdempotentLog log =
            new IdempotentLog(delegate, "events", table, pending, doubts, () -> delegate.closed.add("follower"));

    @BeforeEach
    void readToTheEnd() {
        doubts.resolve(doubts.latest());
    }

    @Test
    void aRetryGetsTheFirstReceiptAndIsNotLogged() {
        delegate.answer();
        var first = append(log, eventOfClient("a"));
        var second = append(log, eventOfClient("a"));
        assertThat(first).isEqualTo(new Receipt("events", 0, 0));
        assertThat(second).isEqualTo(new Receipt("events", 0, 0, true));
        assertThat(append(log, eventOfClient("b"))).isEqualTo(new Receipt("events", 0, 1));
        assertThat(delegate.appended).extracting(Event::id).containsExactly("a", "b");
    }

    @Test
    void eventsWithoutAClientsIdGoStraightThrough() {
        doubts.add();
        delegate.answer();
        append(log, event("a"));
        append(log, event("a"));
        assertThat(delegate.appended).hasSize(2);
        assertThat(log.size()).isZero();
    }

    @Test
    void thoseWhoComeWhileTheFirstWaitsShareItsOutcome() {
        var first = log.append(eventOfClient("a")).toCompletableFuture();
        var second = log.append(eventOfClient("a")).toCompletableFuture();
        var third = log.append(eventOfClient("a")).toCompletableFuture();
        assertThat(delegate.appended).hasSize(1);
        assertThat(List.of(first, second, third)).noneMatch(CompletableFuture::isDone);
        delegate.answer();
        assertThat(first.join().isRepeated()).isFalse();
        assertThat(second.join()).isEqualTo(first.join().repeated());
        assertThat(third.join().isRepeated()).isTrue();
    }

    @Test
    void aFailureIsSharedAndTheNextTriesAgain() {
        var first = log.append(eventOfClient("a")).toCompletableFuture();
        var second = log.append(eventOfClient("a")).toCompletableFuture();
        delegate.fail(LogUnavailable.refused("away"));
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
        delegate.answer();
        assertThat(append(log, eventOfClient("a")).isRepeated()).isFalse();
    }

    @Test
    void theSameIdWithAnotherTypeIsAMistake() {
        var waiting = log.append(eventOfClient("a", "purchase_sword")).toCompletableFuture();
        assertThat(failure(log, eventOfClient("a", "purchase_knife")))
                .isInstanceOf(IdMismatch.class)
                .hasMessageContaining("'a'")
                .hasMessageContaining("purchase_knife");
        delegate.answer();
        assertThat(waiting).isCompleted();
        assertThat(failure(log, eventOfClient("a", "purchase_knife"))).isInstanceOf(IdMismatch.class);
        assertThat(append(log, eventOfClient("a", "purchase_sword")).isRepeated())
                .isTrue();
        assertThat(delegate.appended).hasSize(1);
    }

    @Test
    void untilTheLogWasReadOnlyKnownIdsAreAnswered() {
        delegate.answer();
        append(log, eventOfClient("known"));
        doubts.add();
        assertThat(log.isReady()).isFalse();
        assertThat(append(log, eventOfClient("known")).isRepeated()).isTrue();
        assertThat(failure(log, eventOfClient("new")))
                .isInstanceOfSatisfying(
                        LogUnavailable.class,
                        refusal -> assertThat(refusal.isRefused()).isTrue())
                .hasMessageContaining("being read");
        readToTheEnd();
        assertThat(append(log, eventOfClient("new")).isRepeated()).isFalse();
    }

    @Test
    void afterAnOutcomeThatIsUnknownTheLogIsReadFirst() {
        var lost = log.append(eventOfClient("a")).toCompletableFuture();
        long before = doubts.latest();
        delegate.fail(new LogUnavailable("no answer"));
        assertThat(lost).isCompletedExceptionally();
        doubts.resolve(before); // an end that was asked for too early
        delegate.answer();
        assertThat(failure(log, eventOfClient("a"))).isInstanceOf(LogUnavailable.class);

        table.add(IdHash.of("a".getBytes(UTF_8)), new KnownId(KnownId.typeHash("purchase_sword"), 3, 77));
        readToTheEnd();
        assertThat(append(log, eventOfClient("a"))).isEqualTo(new Receipt("events", 3, 77, true));
        assertThat(delegate.appended).hasSize(1);
    }

    @Test
    void whatIsKnownNotToBeLoggedLeavesNoDoubt() {
        for (var refusal : List.of(LogUnavailable.refused("away"), new EventTooLarge("large", new Exception()))) {
            var refused = log.append(eventOfClient("a")).toCompletableFuture();
            delegate.fail(refusal);
            assertThat(refused).isCompletedExceptionally();
            assertThat(log.isReady()).isTrue();
        }
    }

    @Test
    void aLogThatThrowsLeavesNothingWaiting() {
        delegate.thrown = new IllegalStateException("a bug, on purpose");
        assertThat(failure(log, eventOfClient("a"))).isSameAs(delegate.thrown);
        delegate.thrown = null;
        readToTheEnd();
        delegate.answer();
        assertThat(append(log, eventOfClient("a")).isRepeated()).isFalse();
    }

    @Test
    void whoWaitsTooLongIsToldAndWhoAsksAgainWaitsForTheSameAppend() {
        var first = log.append(eventOfClient("a")).toCompletableFuture();
        pending.expire(System.nanoTime());
        assertThat(first).isNotDone();
        pending.expire(System.nanoTime() + DEADLINE.toNanos());
        assertThat(outcome(first))
                .isInstanceOfSatisfying(
                        LogUnavailable.class,
                        gone -> assertThat(gone.isRefused()).isFalse());
        assertThat(overdue).hasSize(1);
        assertThat(log.isReady()).as("no doubt: it is still on its way").isTrue();

        var second = log.append(eventOfClient("a")).toCompletableFuture();
        pending.expire(System.nanoTime() + DEADLINE.toNanos() - TimeUnit.SECONDS.toNanos(1));
        assertThat(second).as("has a deadline of its own").isNotDone();
        delegate.answer();
        assertThat(second.join()).isEqualTo(new Receipt("events", 0, 0, true));
        assertThat(append(log, eventOfClient("a")).isRepeated()).isTrue();
        assertThat(delegate.appended).hasSize(1);
    }

    @Test
    void tellsWhatItHolds() {
        delegate.answer();
        append(log, eventOfClient("a"));
        append(log, eventOfClient("b"));
        assertThat(log.measures())
                .extracting(Measure::name, Measure::value)
                .contains(tuple("questline_client_ids", 2.0), tuple("questline_client_ids_ready", 1.0));
    }

    @Test
    void closesTheFollowerBeforeTheLog() {
        log.close();
        assertThat(delegate.closed).containsExactly("follower", "log");
    }

    private static Throwable outcome(CompletableFuture<Receipt> append) {
        return append.handle((receipt, error) -> error).join();
    }

    private static final class HeldBackLog implements EventLog {
        final List<Event> appended = new ArrayList<>();
        final List<String> closed = new ArrayList<>();
        RuntimeException thrown;
        private final Deque<CompletableFuture<Receipt>> waiting = new ArrayDeque<>();
        private boolean answers;

        @Override
        public CompletionStage<Receipt> append(Event event) {
            if (thrown != null) {
                throw thrown;
            }
            appended.add(event);
            var receipt = new CompletableFuture<Receipt>();
            waiting.add(receipt);
            if (answers) {
                answer();
            }
            return receipt;
        }

        /** What waits, and what comes. */
        void answer() {
            answers = true;
            while (!waiting.isEmpty()) {
                waiting.remove().complete(new Receipt("events", 0, appended.size() - 1));
            }
        }

        void fail(RuntimeException reason) {
            waiting.remove().completeExceptionally(reason);
        }

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }

        @Override
        public void close() {
            closed.add("log");
        }
    }
}
