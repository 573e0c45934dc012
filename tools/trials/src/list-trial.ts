import { parsePlayers } from '@bercon/core'
import { decodeText, encodeText } from '@bercon/protocol'
import { createRandom } from '@bercon/protocol/link'
import { Wire } from '@bercon/protocol/testing'
import { harshLink } from './harsh-link.js'

/** Options of a trial of lists. */
export interface ListTrialOptions {
  readonly seed: number
  readonly lists: number
  /** Loss in each direction. */
  readonly loss: number
  /** How often the pings of all players change, in ms. */
  readonly changeEveryMs: number
}

/** The result of the trial. */
export interface ListTrialResult {
  /** Lists that matched the server's at some time. */
  readonly right: number
  /** Wrong lists with a correct total, which no parser would detect. There must be none. */
  readonly silentlyWrong: number
  /** Lists that were never so, and whose reader notices. */
  readonly noticed: number
  readonly timedOut: number
  /** Number of lists joined from two sendings. */
  readonly mixed: number
  /** How often the server created the list. */
  readonly executions: number
  readonly virtualMs: number
}

const PLAYERS = 60
const ASKED_AT_A_TIME = 4

/**
 * Lists of players with changing pings, in parts, from a server that executes every copy of a command (W7), over a link
 * with every fault.
 */
export function runListTrial({ seed, lists, loss, changeEveryMs }: ListTrialOptions): ListTrialResult {
  const random = createRandom(seed)
  const states = new Set<string>()
  let state = ''
  let [asked, right, silentlyWrong, noticed, timedOut, mixed, executions] = [0, 0, 0, 0, 0, 0, 0]
  const change = () => {
    state = listOf(Array.from({ length: PLAYERS }, () => Math.floor(10 + 190 * random())))
    states.add(state)
  }
  const ask = () => {
    if (asked++ < lists) wire.client.sendCommand(encodeText('players'), { resend: true }, wire.now)
  }
  const read = (text: string) => {
    if (states.has(text)) right++
    else if (parsePlayers(text)?.totalMatches === true) silentlyWrong++
    else noticed++
  }
  const wire: Wire = new Wire({
    link: harshLink(seed, loss, 0),
    server: { recognizeRepeats: false },
    onServerEvent: (event) => {
      if (event.type !== 'command') return
      if (event.bytes.length > 0) executions++
      wire.server.reply(event.id, encodeText(event.bytes.length === 0 ? '' : state))
    },
    onClientEvent: (event) => {
      if ((event.type !== 'reply' && event.type !== 'failure') || event.id === 0) return
      if (event.type === 'failure') timedOut++
      else {
        read(decodeText(event.bytes))
        if (event.mixed) mixed++
      }
      ask()
    },
  })
  change()
  wire.login()
  for (let i = 0; i < ASKED_AT_A_TIME; i++) ask()
  const isDone = () => right + silentlyWrong + noticed + timedOut >= lists
  while (!isDone() && wire.client.state === 'logged-in') {
    wire.run(wire.now + changeEveryMs, isDone)
    change()
  }
  return { right, silentlyWrong, noticed, timedOut, mixed, executions, virtualMs: wire.now }
}

function listOf(pings: readonly number[]): string {
  const rows = pings.map((ping, slot) => {
    const address = `203.0.113.${slot}:${2304 + slot}`.padEnd(21)
    const guid = (0x1000 + slot).toString(16).repeat(8)
    return `${`${slot}`.padEnd(3)} ${address} ${`${ping}`.padEnd(4)} ${guid}(OK) Survivor ${slot}`
  })
  const head = 'Players on server:\n[#] [IP Address]:[Port] [Ping] [GUID] [Name]\n'
  return `${head}${'-'.repeat(50)}\n${rows.join('\n')}\n(${rows.length} players in total)`
}
