package dev.questline.query.notebook;

import java.util.Map;
import java.util.UUID;
import org.dflib.jjava.jupyter.channels.ReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishDisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;
import org.jspecify.annotations.Nullable;

/** A cell's output in Jupyter. What comes after the cell's end is lost, as it has no place. */
final class KernelScreen implements Screen {
    private @Nullable ReplyEnvironment cell;
    private @Nullable String progressId;
    private String progress = "";

    synchronized void attach(ReplyEnvironment env) {
        cell = env;
    }

    synchronized void detach() {
        cell = null;
    }

    @Override
    public synchronized void show(Shown value) {
        if (cell != null) {
            cell.publish(new PublishDisplayData(data(value)));
        }
    }

    @Override
    public synchronized void progress(String line) {
        if (cell != null && progressId == null) {
            progressId = UUID.randomUUID().toString();
            cell.publish(new PublishDisplayData(progressData(progressId, line)));
        } else if (cell != null && !line.equals(progress)) {
            cell.publish(new PublishUpdateDisplayData(progressData(progressId, line)));
        }
        progress = line;
    }

    /** An output can't be taken back, only emptied. */
    @Override
    public synchronized void clearProgress() {
        if (cell != null && progressId != null) {
            cell.publish(new PublishUpdateDisplayData(progressData(progressId, "")));
        }
        progressId = null;
    }

    private static DisplayData progressData(@Nullable String id, String line) {
        var data = new DisplayData(line);
        data.putHTML(line.isEmpty() ? "" : "<pre style=\"color:#888\">" + Grid.escaped(line) + "</pre>");
        data.setDisplayId(id);
        return data;
    }

    @Override
    public synchronized void note(String line) {
        if (cell != null) {
            cell.publish(new PublishStream(PublishStream.StreamType.ERR, line + "\n"));
        }
    }

    static DisplayData data(Shown value) {
        var data = new DisplayData(value.text());
        value.html().ifPresent(data::putHTML);
        value.picture().ifPresent(picture -> {
            data.putData("image/png", picture.base64());
            data.putMetaData("image/png", Map.of("width", picture.width(), "height", picture.height()));
        });
        return data;
    }
}
