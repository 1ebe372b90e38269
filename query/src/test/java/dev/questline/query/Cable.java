package dev.questline.query;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to a port of this machine that can be cut, as the death of a client cuts it. */
final class Cable implements AutoCloseable {
    private final ServerSocket near = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> ends = new CopyOnWriteArrayList<>();
    private final int far;

    Cable(int far) throws IOException {
        this.far = far;
        start(() -> {
            while (true) {
                var here = near.accept();
                var there = new Socket(InetAddress.getLoopbackAddress(), this.far);
                ends.addAll(List.of(here, there));
                start(() -> here.getInputStream().transferTo(there.getOutputStream()));
                start(() -> there.getInputStream().transferTo(here.getOutputStream()));
            }
        });
    }

    int port() {
        return near.getLocalPort();
    }

    void cut() throws IOException {
        for (var end : ends) {
            end.close();
        }
    }

    @Override
    public void close() throws IOException {
        near.close();
        cut();
    }

    private interface Pump {
        void run() throws IOException;
    }

    private static void start(Pump pump) {
        var thread = new Thread(() -> {
            try {
                pump.run();
            } catch (IOException e) {
                // It was cut.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
