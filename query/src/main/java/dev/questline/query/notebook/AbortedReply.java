package dev.questline.query.notebook;

import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;

/** The answer to a cell that is not run because one before it has failed. The library has none. */
final class AbortedReply {
    @SuppressWarnings({"UnusedVariable", "FieldCanBeStatic"}) // becomes JSON
    private final String status = "aborted";

    private AbortedReply() {}

    @SuppressWarnings("unchecked") // Types are erased in JSON.
    static Message<Object> to(Message<ExecuteRequest> request) {
        var type = (MessageType<Object>) (MessageType<?>) ExecuteReply.MESSAGE_TYPE;
        return new Message<>(request, type, new AbortedReply());
    }
}
