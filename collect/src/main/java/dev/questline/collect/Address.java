package dev.questline.collect;

import dev.questline.event.SettingKey;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where to listen, its host resolved; and what to tell the user when listening there fails.
 *
 * @param key the port's setting
 */
record Address(String host, String ip, int port, SettingKey key) {
    /** Of the requests that make events. */
    static Address of(Settings.Collector where) {
        return of(where.host(), where.port(), SettingKey.COLLECTOR_PORT);
    }

    /** Of health and metrics. */
    static Address ofManagement(Settings.Collector where) {
        return of(where.host(), where.managementPort(), SettingKey.COLLECTOR_MANAGEMENT_PORT);
    }

    private static Address of(String host, int port, SettingKey key) {
        try {
            return new Address(host, InetAddress.getByName(host).getHostAddress(), port, key);
        } catch (UnknownHostException e) {
            throw UserError.failed(
                    "the collector's host '" + host + "' is unknown; set " + ways(SettingKey.COLLECTOR_HOST, "HOST"),
                    e);
        }
    }

    /** Whether only this machine can connect. */
    boolean isLoopback() {
        return ip.startsWith("127.") || ip.equals("0:0:0:0:0:0:0:1");
    }

    UserError error(Throwable cause) {
        var reason = String.valueOf(cause.getMessage());
        if (cause instanceof BindException && reason.contains("assign")) {
            return UserError.failed(
                    "the collector's host '" + host + "' is no address of this machine; set "
                            + ways(SettingKey.COLLECTOR_HOST, "HOST"),
                    cause);
        }
        var problem = cause instanceof BindException && reason.contains("in use")
                ? "port " + port + " is taken"
                : "cannot listen on " + host + ":" + port + ": " + reason;
        return UserError.failed("the collector: " + problem + "; set another by " + ways(key, "PORT"), cause);
    }

    private static String ways(SettingKey setting, String value) {
        return setting.key() + " in questline.yaml, " + setting.variable() + " or --set " + setting.key() + "=" + value;
    }
}
