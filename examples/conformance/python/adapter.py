"""An adapter for berconpy 3.1: `pip install berconpy==3.1.3`.

Each line of standard input is an order, each line of standard output a report.
"""

import asyncio
import json
import sys

import berconpy

client = berconpy.RCONClient()
session = None


def send(report, **fields):
    print(json.dumps({"report": report, **fields}), flush=True)


@client.dispatch.on_message
async def on_message(message):
    send("message", text=message)


async def login(order):
    global session
    session = client.connect(order["host"], order["port"], order["password"])
    try:
        await session.__aenter__()
        send("logged-in")
    except Exception as error:
        session = None
        send("login-failed", reason=repr(error))


async def command(order):
    try:
        send("reply", id=order["id"], text=await client.send_command(order["text"]))
    except Exception as error:
        send("failure", id=order["id"], reason=repr(error))


async def close():
    if session is not None:
        await session.__aexit__(None, None, None)
    send("closed")


async def main():
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    tasks = set()
    while line := await reader.readline():
        order = json.loads(line)
        work = {"login": lambda: login(order), "command": lambda: command(order), "close": close}[order["do"]]()
        # Not awaited: several commands are under way at the same time.
        task = asyncio.create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)


asyncio.run(main())
