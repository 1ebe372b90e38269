package dev.questline.query.notebook;

import dev.questline.query.SqlOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.reply.HistoryReply;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.jspecify.annotations.Nullable;

/** Jupyter's side of the workbench. */
final class Kernel extends BaseKernel {
    private static final LanguageInfo JAVA = new LanguageInfo.Builder("java")
            .version(Runtime.version().toString())
            .mimetype("text/x-java-source")
            .fileExtension(".jsh")
            .pygments("java")
            .codemirror("text/x-java")
            .build();

    private final KernelScreen screen = new KernelScreen();
    private final Workbench workbench;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final KernelChannels channels;

    Kernel(SqlOptions options, Path folder, KernelChannels channels) {
        super(
                "questline",
                version(),
                JAVA,
                List.of(),
                null,
                new CellStreams(),
                new CommManager(),
                new Renderer(),
                null,
                new MagicsRegistry(),
                false,
                new StringStyler.Builder().build());
        this.channels = channels;
        workbench = new Workbench(options, folder, screen);
    }

    private static String version() {
        return Optional.ofNullable(Kernel.class.getPackage().getImplementationVersion())
                .orElse("0");
    }

    @Override
    public String getBanner() {
        return "Questline: Java " + Runtime.version().feature() + " with Spark";
    }

    /** As Jupyter wants it: when a cell fails, those that were sent before that are not run. */
    @Override
    protected synchronized void handleExecuteRequest(ShellReplyEnvironment env, Message<ExecuteRequest> message) {
        env.setBusyDeferIdle();
        if (channels.isOld()) {
            env.defer().reply(AbortedReply.to(message));
            return;
        }
        var request = message.getContent();
        var count = request.isSilent() ? executionCount.get() : executionCount.getAndIncrement();
        if (!request.isSilent()) {
            env.publish(new PublishExecuteInput(request.getCode(), count));
        }
        attach(env, request);
        try {
            var shown = workbench.run(request.getCode());
            io.out.flush();
            io.err.flush();
            if (!request.isSilent()) {
                shown.ifPresent(value -> env.publish(new PublishExecuteResult(count, KernelScreen.data(value))));
            }
            env.defer().reply(new ExecuteReply(count, Map.of()));
        } catch (CellFailure e) {
            fail(env, request, count, e.kind(), String.valueOf(e.getMessage()), e.lines());
        } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError e) {
            // Nothing may end the loop that this runs in.
            fail(env, request, count, "InternalError", String.valueOf(e), formatError(e));
        }
    }

    private void attach(ShellReplyEnvironment env, ExecuteRequest request) {
        var streams = (CellStreams) io;
        screen.attach(env);
        replaceOutputStreams(env);
        streams.attach(env, request.isStdinEnabled());
        env.defer(() -> {
            streams.detach(env);
            screen.detach();
        });
    }

    private void fail(
            ShellReplyEnvironment env,
            ExecuteRequest request,
            int count,
            String kind,
            String reason,
            List<String> lines) {
        io.out.flush();
        io.err.flush();
        if (request.shouldStopOnError()) {
            channels.failed();
        }
        env.publish(new PublishError(kind, reason, lines));
        var reply = new ErrorReply(kind, reason, lines);
        reply.setExecutionCount(count);
        env.defer().replyError(ExecuteReply.MESSAGE_TYPE.error(), reply);
    }

    @Override
    public Object evalRaw(String source) {
        throw new UnsupportedOperationException("cells are run by handleExecuteRequest");
    }

    @Override
    public void interrupt() {
        workbench.interrupt();
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        var cursor = offset(code, at);
        var found = workbench.complete(code, cursor);
        return new ReplacementOptions(found.texts(), code.codePointCount(0, found.start()), at);
    }

    @Override
    public @Nullable DisplayData inspect(String code, int at, boolean extraDetail) {
        return workbench
                .evaluator()
                .inspect(code, offset(code, at))
                .map(DisplayData::new)
                .orElse(null);
    }

    /** Jupyter counts code points. */
    private static int offset(String code, int codePoints) {
        return code.offsetByCodePoints(0, Math.min(codePoints, code.codePointCount(0, code.length())));
    }

    @Override
    public String isComplete(String code) {
        return workbench.evaluator().isComplete(code) ? IS_COMPLETE_YES : "    ";
    }

    /** Clients keep their own; but they wait for an answer. */
    @Override
    protected void handleHistoryRequest(ShellReplyEnvironment env, Message<HistoryRequest> request) {
        env.setBusyDeferIdle();
        env.reply(new HistoryReply(List.of()));
    }

    @Override
    public void onShutdown(boolean isRestarting) {
        super.onShutdown(isRestarting);
        end();
    }

    void end() {
        ended.countDown();
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }
}
