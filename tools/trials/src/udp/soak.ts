import { report } from '../report.js'
import { runCommands } from './command-run.js'
import { runUdpReconnects, runVirtualReconnects } from './heap-run.js'
import { runLargeReplies } from './large-reply-run.js'
import { runMessages } from './message-run.js'
import { runRestarts } from './restart-run.js'

const SEED = Number(process.argv[2] ?? 1)

for (const loss of [0.1, 0.3])
  await report(`20,000 commands over UDP, ${loss * 100} % loss each way, seed ${SEED}`, () =>
    runCommands({ seed: SEED, commands: 20_000, loss, window: 200 }),
  )
await report(`a message every 100 ms from a server that keeps P9, 10 % loss each way, seed ${SEED}`, () =>
  runMessages({ seed: SEED, loss: 0.1, durationMs: 120_000, isBearable: true }),
)
// At 30 % a login lasts some seconds: the trial expects only that every command settles.
await report(`the same, 30 % loss each way, seed ${SEED}`, () =>
  runMessages({ seed: SEED, loss: 0.3, durationMs: 60_000, isBearable: false }),
)
await report(`ten restarts of the server under 50 commands/s, seed ${SEED}`, () =>
  runRestarts({ seed: SEED, restarts: 10 }),
)
for (const isApart of [false, true])
  await report(
    `50 replies of 500 kB against a buffer of 212,992 bytes, in ${isApart ? 'two processes' : 'one process'}`,
    () => runLargeReplies({ replies: 50, isApart }),
  )
await report('1,000 reconnects in virtual time', runVirtualReconnects)
await report('100 reconnects over UDP', runUdpReconnects)
