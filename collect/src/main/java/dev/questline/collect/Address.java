package dev.questline.collect;

import dev.questline.event.SettingKey;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where to listen, its host resolved; and what to tell the user when listening there fails. */
record Address(Settings.Collector where, String ip) {
    static Address of(Settings.Collector where) {
        try {
            return new Address(where, InetAddress.getByName(where.host()).getHostAddress());
        } catch (UnknownHostException e) {
            throw UserError.failed(
                    "the collector's host '" + where.host() + "' is unknown; set "
                            + ways(SettingKey.COLLECTOR_HOST, "HOST"),
                    e);
        }
    }

    int port() {
        return where.port();
    }

    /** Whether only this machine can connect. */
    boolean isLoopback() {
        return ip.startsWith("127.") || ip.equals("0:0:0:0:0:0:0:1");
    }

    UserError error(Throwable cause) {
        var reason = String.valueOf(cause.getMessage());
        if (cause instanceof BindException && reason.contains("assign")) {
            return UserError.failed(
                    "the collector's host '" + where.host() + "' is no address of this machine; set "
                            + ways(SettingKey.COLLECTOR_HOST, "HOST"),
                    cause);
        }
        var problem = cause instanceof BindException && reason.contains("in use")
                ? "port " + port() + " is taken"
                : "cannot listen on " + where.host() + ":" + port() + ": " + reason;
        return UserError.failed(
                "the collector: " + problem + "; set another by " + ways(SettingKey.COLLECTOR_PORT, "PORT"), cause);
    }

    private static String ways(SettingKey setting, String value) {
        return setting.key() + " in questline.yaml, " + setting.variable() + " or --set " + setting.key() + "=" + value;
    }
}
