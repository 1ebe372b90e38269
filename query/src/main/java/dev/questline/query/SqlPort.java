package dev.questline.query;

import dev.questline.event.SettingKey;
import dev.questline.event.UserError;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/** The port of SQL for other tools: on the loopback interface, to which only this machine's users can connect. */
public final class SqlPort {
    private static final int WAITING = 64;

    private SqlPort() {}

    /** Throws a user error if somebody else has it. */
    public static void check(int port) {
        try {
            take(port).close();
        } catch (IOException e) {
            throw error(port, e);
        }
    }

    /** From now on connections are accepted, and wait until somebody answers. Port 0 takes a free one. */
    public static ServerSocketChannel take(int port) {
        try {
            return ServerSocketChannel.open()
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WAITING);
        } catch (IOException e) {
            throw error(port, e);
        }
    }

    private static UserError error(int port, IOException cause) {
        var reason = String.valueOf(cause.getMessage());
        var problem = cause instanceof BindException && reason.contains("in use")
                ? "port " + port + " is taken"
                : "cannot listen on 127.0.0.1:" + port + ": " + reason;
        var key = SettingKey.SQL_PORT;
        return UserError.failed(
                "SQL for other tools: " + problem + "; set another, or off, by " + key.key() + " in questline.yaml, "
                        + key.variable() + " or --set " + key.key() + "=PORT",
                cause);
    }
}
