package dev.questline.collect;

import dev.questline.event.Catalog;
import dev.questline.event.Event;
import dev.questline.event.EventFactory;
import dev.questline.event.EventType;
import dev.questline.event.RequestHeaders;
import dev.questline.log.EventLog;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the requests of one event loop: finds the event type, admits or refuses, appends, answers. */
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final EventFactory events = new EventFactory();
    private final Context context;
    private final Outbox outbox;
    private final Supplier<Catalog> catalog;
    private final EventLog log;
    private final Admission admission;
    private final Limits limits;
    private final Deadlines deadlines;
    private List<Pending> arrived = new ArrayList<>();

    Reception(Context context, Shared shared, Deadlines deadlines) {
        this.context = context;
        this.outbox = new Outbox(context);
        this.catalog = shared.catalog();
        this.log = shared.log();
        this.admission = shared.admission();
        this.limits = shared.limits();
        this.deadlines = deadlines;
    }

    /** Sees to it that the exchange gets its answer. */
    void receive(Exchange exchange) {
        try {
            if (admission.isClosing()) {
                exchange.refuse(Problem.CLOSING);
            } else if (Body.isAnnounced(exchange.request())) {
                readBody(exchange);
            } else {
                route(exchange);
            }
        } catch (RuntimeException e) {
            fail(exchange, e);
        }
    }

    private void readBody(Exchange exchange) {
        var request = exchange.request();
        if (Body.declaredBytes(request) > limits.bodyBytes()) {
            exchange.refuse(Problem.bodyTooLarge(limits.bodyBytes()));
            return;
        }
        if (Body.isAskedFor(request)) {
            request.response().writeContinue();
        }
        exchange.connection().bodyBegins(exchange);
        if (!exchange.isOver()) {
            Body.drain(
                    request,
                    read -> boundBody(exchange, read),
                    () -> routeAfterBody(exchange),
                    () -> exchange.refuse(Problem.BROKEN_BODY));
        }
    }

    private void boundBody(Exchange exchange, long read) {
        if (read > limits.bodyBytes()) {
            exchange.refuse(Problem.bodyTooLarge(limits.bodyBytes()));
        }
    }

    private void routeAfterBody(Exchange exchange) {
        exchange.connection().bodyEnds();
        if (!exchange.isOver()) {
            try {
                route(exchange);
            } catch (RuntimeException e) {
                fail(exchange, e);
            }
        }
    }

    private void route(Exchange exchange) {
        var request = exchange.request();
        var method = request.method().name();
        var path = Head.path(request);
        catalog.get()
                .at(method, path)
                .ifPresentOrElse(type -> makeEvent(exchange, type), () -> routeLater(exchange, method, path));
    }

    /**
     * An unknown route may have been saved this very moment: it is looked up once more when such an edit is in force, unless
     * that wait would take memory that others need.
     */
    private void routeLater(Exchange exchange, String method, String path) {
        var waiting = admission.headBytes();
        if (waiting.take(exchange.headBytes())) {
            context.owner().setTimer(limits.secondLook().toMillis(), timer -> {
                waiting.giveBack(exchange.headBytes());
                routeAgain(exchange, method, path);
            });
        } else {
            exchange.refuse(Problem.noRoute(catalog.get(), method, path));
        }
    }

    private void routeAgain(Exchange exchange, String method, String path) {
        if (exchange.isOver()) {
            return;
        }
        try {
            var current = catalog.get();
            current.at(method, path)
                    .ifPresentOrElse(
                            type -> makeEvent(exchange, type),
                            () -> exchange.refuse(Problem.noRoute(current, method, path)));
        } catch (RuntimeException e) {
            fail(exchange, e);
        }
    }

    private void makeEvent(Exchange exchange, EventType type) {
        var headers = new RequestHeaders(exchange.request().headers());
        if (!headers.clientId().map(Reception::isClientId).orElse(true)) {
            exchange.refuse(Problem.CLIENT_ID);
        } else if (!log.isAvailable()) {
            exchange.refuse(Problem.LOG_UNAVAILABLE);
        } else {
            admit(exchange, type, events.event(catalog.get(), type, headers, exchange.received()));
        }
    }

    private void admit(Exchange exchange, EventType type, Event event) {
        if (admission.enter(event.value().length, exchange.headBytes())) {
            handOver(exchange, type, event);
        } else {
            exchange.refuse(Problem.OVERLOADED);
        }
    }

    /**
     * Events wait for the end of the pass in which their event loop reads what its sockets hold, and are handed over in one
     * go: Kafka's producer sends as soon as it has one, and would send many small batches of what comes in by ones.
     */
    private void handOver(Exchange exchange, EventType type, Event event) {
        var deadline = System.nanoTime() + limits.deadline().toNanos();
        var pending = new Pending(exchange, type, event, admission, deadline);
        deadlines.add(pending);
        if (arrived.isEmpty()) {
            context.runOnContext(endOfPass -> appendArrived());
        }
        arrived.add(pending);
    }

    private void appendArrived() {
        var handedOver = arrived;
        arrived = new ArrayList<>(); // An answer given at once brings its connection's next request.
        handedOver.forEach(this::append);
    }

    private void append(Pending pending) {
        var event = pending.event();
        if (event == null) {
            return; // its time ran out within the pass
        }
        try {
            log.append(event).whenComplete((receipt, failure) -> outbox.add(() -> pending.complete(receipt, failure)));
        } catch (RuntimeException e) {
            pending.complete(null, e);
        }
    }

    /** An answer's head can bear nothing else as it came, and who gave the id looks for it there. */
    private static boolean isClientId(String id) {
        return id.length() <= Limits.CLIENT_ID_CHARACTERS && id.chars().noneMatch(c -> c < ' ' || c > '~');
    }

    private static void fail(Exchange exchange, RuntimeException bug) {
        LOG.error("a request failed", bug);
        exchange.refuse(Problem.BUG);
    }
}
