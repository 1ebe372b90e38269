package dev.questline.query.notebook;

import java.nio.charset.StandardCharsets;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/** A cell's standard streams, which the library opens to its own package alone. */
final class CellStreams extends JupyterIO {
    CellStreams() {
        super(StandardCharsets.UTF_8);
    }

    void attach(ShellReplyEnvironment env, boolean withInput) {
        setEnv(env);
        setJupyterInEnabled(withInput);
    }

    void detach(ShellReplyEnvironment env) {
        retractEnv(env);
    }
}
