import { type AsyncRconClient, type CallOptions, keepAlive } from '@bercon/client'
import { EXIT } from '../exit-codes.js'
import { oneLine } from '../output/safe-text.js'
import { print } from '../output/terminal.js'
import { withClient } from '../server/connected.js'
import { findServerCfg, type ServerCfg } from '../settings/server-cfg.js'
import { type ConnectionFlags, readSources } from '../settings/settings.js'

const KEEP_ALIVES = 50
const AT_ONCE = 5
const PATIENCE_MS = 2_000
const MUCH_LOSS = 0.05
const SLOW_MS = 300

/** `bercon doctor`: what is found, step by step, and what to change; the first step that fails is the exit code. */
export async function doctor(flags: ConnectionFlags, signal: AbortSignal): Promise<number> {
  const cfg = (await readSources(flags)).serverCfg ?? findServerCfg('.')
  tellServerCfg(cfg)
  const { path = flags.serverCfg } = cfg ?? {}
  // BattlEye's way of answering is the wire's own, whichever game it is.
  const wire = { ...flags, ...(path === undefined ? {} : { serverCfg: path }), game: 'battleye' }
  return withClient(wire, signal, async ({ client, settings, call }) => {
    tell('good', `${settings.host}:${settings.port} answers, and takes the password`)
    const times = await measure(client, call, signal)
    tellLink(times)
    return times.length === 0 ? EXIT.timedOut : EXIT.done
  })
}

function tellServerCfg(cfg: ServerCfg | undefined): void {
  if (cfg === undefined) {
    tell('note', 'no BEServer_x64.cfg is here: --server-cfg FOLDER of the server has it checked, too')
    return
  }
  const { path, password, port, restrictRcon } = cfg
  tell('good', `${path} is the file that was found`)
  if (password === undefined || password === '')
    tell('bad', 'RConPassword is not in it: without one the server answers nobody; add "RConPassword …"')
  if (port === undefined)
    tell('bad', 'RConPort is not in it; add "RConPort 2306", another than the game port')
  if (restrictRcon === undefined)
    tell('note', 'RestrictRCon is not in it; add "RestrictRCon 0" so that every command is allowed')
  else if (restrictRcon)
    tell('bad', 'RestrictRCon is 1: commands that change anything are refused; set it to 0')
}

/** The round trips of the keep-alives that were answered, in ms, from the shortest. */
async function measure(
  client: AsyncRconClient,
  call: CallOptions,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const times: number[] = []
  const once = { ...keepAlive(), resend: false }
  const options = { ...call, timeoutMs: call.timeoutMs ?? PATIENCE_MS }
  const rounds = Array.from({ length: KEEP_ALIVES }).values()
  const worker = async () => {
    for (const _round of rounds) {
      const start = performance.now()
      await client.run(once, options).then(
        () => times.push(performance.now() - start),
        () => signal.throwIfAborted(),
      )
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return times.toSorted((a, b) => a - b)
}

function tellLink(times: readonly number[]): void {
  const lost = 1 - times.length / KEEP_ALIVES
  const middle = times[Math.floor(times.length / 2)] ?? Number.POSITIVE_INFINITY
  const longest = times.at(-1) ?? Number.POSITIVE_INFINITY
  const answered = `${times.length} of ${KEEP_ALIVES} keep-alives were answered`
  if (times.length === 0) {
    tell(
      'bad',
      `${answered}: the login is answered and nothing after it; look at the firewall between here and there`,
    )
    return
  }
  tell(lost > MUCH_LOSS ? 'bad' : 'good', `${answered}, ${Math.round(lost * 100)} % were lost`)
  if (lost > MUCH_LOSS)
    tell('note', 'commands that may not be sent again will often time out; run this nearer to the server')
  tell(
    middle > SLOW_MS ? 'note' : 'good',
    `a round trip takes ${middle.toFixed(1)} ms, the longest ${longest.toFixed(1)} ms`,
  )
}

const MARKS = { good: 'ok    ', bad: 'wrong ', note: 'note  ' } as const

function tell(mark: keyof typeof MARKS, text: string): void {
  print(`${MARKS[mark]}${oneLine(text)}\n`)
}
