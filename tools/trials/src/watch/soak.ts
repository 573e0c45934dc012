import { report } from '../report.js'
import { runFlood } from './flood-run.js'
import { runRestart } from './restart-run.js'

const [seconds = 60] = process.argv.slice(2).map(Number)

await report(`bercon watch: 1,000 lines a second for ${seconds} s`, () => runFlood(1_000, seconds * 1_000))
await report('bercon watch: a restart of the server under 1,000 lines a second', () =>
  runRestart({ perSecond: 1_000, loss: 0, seed: 1 }),
)
await report('bercon watch: a restart of the server under 10 lines a second, 20 % loss each way', () =>
  runRestart({ perSecond: 10, loss: 0.2, seed: 1 }),
)
