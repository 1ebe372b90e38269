package dev.questline.bench.part;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The empty server: {@code PORT}. The collector's framework, options and number of event loops, and the bytes of its
 * answer; no event, no log. Ends with its standard input.
 */
public final class EmptyServerPart extends VerticleBase {
    private final int port;

    private EmptyServerPart(int port) {
        this.port = port;
    }

    public static void main(String[] args) throws IOException {
        Quiet.logs();
        var port = Integer.parseInt(args[0]);
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(SwordAnswer.EVENT_LOOPS));
        vertx.deployVerticle(
                        () -> new EmptyServerPart(port), new DeploymentOptions().setInstances(SwordAnswer.EVENT_LOOPS))
                .await();
        System.in.transferTo(OutputStream.nullOutputStream());
        vertx.close().await();
    }

    @Override
    public Future<?> start() {
        var answer = new SwordAnswer(vertx);
        return vertx.createHttpServer(SwordAnswer.options())
                .requestHandler(answer::to)
                .listen(port, "127.0.0.1");
    }
}
