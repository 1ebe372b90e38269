package dev.questline.query.notebook;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.zeromq.ZMQ;

/**
 * Jupyter's sockets, and which of the requests in them were sent before a cell failed: those that waited then. A client's
 * clock, which its requests tell, may be any.
 */
final class KernelChannels extends JupyterConnection {
    /** So long a request that was sent before the failure may be on its way. */
    private static final long MILLIS_ON_THE_WAY = 50;

    private boolean isOld;
    private boolean isRestOld;

    KernelChannels(KernelConnectionProperties properties) throws NoSuchAlgorithmException, InvalidKeyException {
        super(properties);
    }

    /** A cell has failed, which no client knows yet. */
    void failed() {
        try {
            Thread.sleep(MILLIS_ON_THE_WAY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        isRestOld = isAnyWaiting();
    }

    /** Whether the request that is being answered was sent before the last failure. */
    boolean isOld() {
        return isOld;
    }

    /** Called with each request that was taken, before it is answered; what waits now was sent no later than that. */
    @Override
    public ShellReplyEnvironment prepareReplyEnv(ShellChannel channel, MessageContext request) {
        if (channel == shell) {
            isOld = isRestOld;
            isRestOld = isRestOld && isAnyWaiting();
        }
        return super.prepareReplyEnv(channel, request);
    }

    private boolean isAnyWaiting() {
        return (shell.getEvents() & ZMQ.Poller.POLLIN) != 0;
    }
}
