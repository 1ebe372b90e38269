package dev.questline.collect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A process full of clients that rest, so that their file descriptors are none of the collector's. */
public final class IdleClients {
    private IdleClients() {}

    /** Opens as many as told, says so, and after a byte of input tells how many are still answered. */
    public static void main(String[] args) throws IOException {
        var clients = new ArrayList<RawClient>();
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            clients.add(new RawClient(Integer.parseInt(args[0])));
        }
        System.out.println("open " + clients.size());
        if (System.in.read() >= 0) {
            System.out.println("answered " + answered(clients));
        }
    }

    private static int answered(List<RawClient> clients) throws IOException {
        for (var client : clients) {
            client.send("GET / HTTP/1.1\r\nHost: idle\r\n\r\n");
        }
        int answered = 0;
        for (var client : clients) {
            if (client.answer().status() == 200) {
                answered++;
            }
        }
        return answered;
    }
}
