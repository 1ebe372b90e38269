"""What Jupyter's own client sees of the kernel: `kernel.py protocol`, or `kernel.py starts N`."""

import datetime
import sys
import threading
import time

from jupyter_client.manager import KernelManager


def start():
    manager = KernelManager(kernel_name="questline")
    begun = time.time()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    return manager, client, time.time() - begun


def stop(manager, client):
    client.stop_channels()
    manager.shutdown_kernel()


def reply(client, request):
    while True:
        message = client.get_shell_msg(timeout=60)
        if message["parent_header"].get("msg_id") == request:
            return message["content"]


def run(client, code):
    """The reply, and what was published for the cell."""
    request = client.execute(code)
    outputs = []
    while True:
        message = client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") != request:
            continue
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            return reply(client, request), outputs
        outputs.append((message["msg_type"], message["content"]))


def of(outputs, kind):
    return [content for found, content in outputs if found == kind]


def check(what, value):
    if not value:
        raise AssertionError(what)
    print("ok", what)


def protocol():
    manager, client, _ = start()
    try:
        answer, outputs = run(client, 'table("purchases")')
        result = of(outputs, "execute_result")[0]
        check("first cell", answer["status"] == "ok" and answer["execution_count"] == 1)
        check("table", "<table>" in result["data"]["text/html"] and "user1.comcast.com" in result["data"]["text/plain"])

        _, outputs = run(client, 'System.out.println("hé"); display("shown"); System.err.println("e");')
        texts = {(content["name"], content["text"].strip()) for content in of(outputs, "stream")}
        check("streams", texts == {("stdout", "hé"), ("stderr", "e")})
        check("display", of(outputs, "display_data")[0]["data"]["text/plain"] == "shown")

        _, outputs = run(client, 'bar(sql("select Host, count(*) as n from purchases group by Host"))')
        check("chart", of(outputs, "execute_result")[0]["metadata"]["image/png"]["width"] > 100)

        answer, outputs = run(client, "int x = 1;\nx / 0")
        error = of(outputs, "error")[0]
        check("error", answer["status"] == "error" and error["ename"] == "ArithmeticException")
        check("error's lines", error["traceback"] == ["line 2: ArithmeticException: / by zero", "  x / 0"])

        failing, following = client.execute("int y = ;"), client.execute("int z = 1;")
        check("failing", reply(client, failing)["status"] == "error")
        check("aborted", reply(client, following)["status"] == "aborted")

        fresh, date = client.session.msg_header, datetime.datetime(2001, 1, 1, tzinfo=datetime.timezone.utc)
        client.session.msg_header = lambda kind: dict(fresh(kind), date=date)
        check("failing by a slow clock", run(client, "int y = ;")[0]["status"] == "error")
        check("going on by a slow clock", run(client, "1 + 1")[0]["status"] == "ok")
        client.session.msg_header = fresh

        _, outputs = run(client, 'spark.udf().register("twice", (UDF1<Long, Long>) n -> 2 * n, DataTypes.LongType);\n'
                                 'sql("select twice(id) as n from range(3)").collectAsList().toString()')
        check("lambdas in tasks", of(outputs, "execute_result")[0]["data"]["text/plain"] == "[[0], [2], [4]]")

        for cell in ("while (true) {}", 'sql("select count(*) from range(1000000000000) where hash(id) = 3")'):
            threading.Timer(1, manager.interrupt_kernel).start()
            answer, outputs = run(client, cell)
            check("interrupted", answer["status"] == "error" and answer["ename"] == "Interrupted")
        progress = of(outputs, "update_display_data")
        check("progress", progress and progress[-1]["data"]["text/plain"] == "")
        answer, outputs = run(client, "x + 1")
        check("kept", of(outputs, "execute_result")[0]["data"]["text/plain"] == "2")

        cell = '"😀"; spark.rang'
        found = reply(client, client.complete(cell))
        check("completion", found["matches"] == ["range("] and cell[found["cursor_start"]:] == "rang")
        check("inspection", "Dataset<Row>" in reply(client, client.inspect("sql", 3))["data"]["text/plain"])
        check("incomplete", reply(client, client.is_complete("int f() {"))["status"] == "incomplete")
        check("history", reply(client, client.history(hist_access_type="tail", n=1))["history"] == [])
    finally:
        stop(manager, client)


def starts(count):
    times = []
    for _ in range(count):
        manager, client, seconds = start()
        try:
            answer, outputs = run(client, "1 + 1")
            assert of(outputs, "execute_result")[0]["data"]["text/plain"] == "2", outputs
            times.append(seconds)
        finally:
            stop(manager, client)
    times.sort()
    print(f"KERNEL {len(times)} of {count} starts; ready after {times[len(times) // 2]:.1f} s, {times[-1]:.1f} s at most")


if sys.argv[1] == "protocol":
    protocol()
else:
    starts(int(sys.argv[2]))
