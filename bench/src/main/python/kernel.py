"""Starts the kernel and shows a table: `kernel.py TABLE`.

Prints the seconds from the process's start to the kernel's first answer, the processor seconds it had by then, and both
from there to the table.
"""

import os
import sys
import time

from jupyter_client.manager import KernelManager

LIMIT = 60


def cpu(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def answer(client, request):
    while client.get_shell_msg(timeout=LIMIT)["parent_header"].get("msg_id") != request:
        pass


def shown(client, request):
    while True:
        message = client.get_iopub_msg(timeout=LIMIT)
        if message["parent_header"].get("msg_id") != request:
            continue
        if message["msg_type"] == "error":
            raise RuntimeError("\n".join(message["content"]["traceback"]))
        if message["msg_type"] == "execute_result":
            return message["content"]["data"]["text/plain"]


manager = KernelManager(kernel_name="questline")
begin = time.monotonic()
manager.start_kernel()
client = manager.client()
client.start_channels()
try:
    answer(client, client.kernel_info())
    ready, ready_cpu = time.monotonic() - begin, cpu(manager.provisioner.pid)
    client.wait_for_ready(timeout=LIMIT)  # As every client does: what the kernel publishes is heard from then on.
    text = shown(client, client.execute(f'table("{sys.argv[1]}")'))
    table, table_cpu = time.monotonic() - begin - ready, cpu(manager.provisioner.pid) - ready_cpu
    if "user" not in text:
        raise RuntimeError("no table but: " + text)
    print(ready, ready_cpu, table, table_cpu)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
