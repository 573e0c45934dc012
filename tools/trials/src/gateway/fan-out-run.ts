import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { PeerCounts, PeersMessage } from './fan-out-peers.js'
import { TriedGateway, tokenOf } from './tried-gateway.js'

/** What the run found. */
export interface FanOutFindings extends PeerCounts {
  readonly peers: number
  readonly messages: number
  /** What peers that keep up have lost; must be 0. */
  readonly lost: number
  /** Peers that the gateway calls too slow. */
  readonly slow: number
  readonly seconds: number
  /** Of the process with the gateway and the game, as a share of one core. */
  readonly cpu: number
}

const MOST_WAITS = 300

/** Messages of the game to many BattlEye peers in another process, all of which acknowledge them. */
export async function fanOutRun(peers: number, perSecond: number, seconds: number): Promise<FanOutFindings> {
  await using tried = new TriedGateway(['ann'])
  await tried.start()
  const script = fileURLToPath(new URL('./fan-out-peers.js', import.meta.url))
  const child = fork(script, [String(tried.battleyePort), String(peers), tokenOf('ann')])
  await messageOf(child)
  const messages = perSecond * seconds
  const begun = performance.now()
  const cpuBefore = process.cpuUsage()
  for (let number = 0; number < messages; number++) {
    tried.game.broadcast(`(Side) Rook: ${number}`)
    const due = begun + ((number + 1) * 1_000) / perSecond
    await sleep(Math.max(0, due - performance.now()))
  }
  // As long as it takes; a message that is lost for good ends it all the same.
  let counts = await countsOf(child)
  for (let wait = 0; wait < MOST_WAITS && counts.received < messages * peers; wait++) {
    await sleep(100)
    counts = await countsOf(child)
  }
  const took = (performance.now() - begun) / 1_000
  const { user, system } = process.cpuUsage(cpuBefore)
  child.disconnect()
  await once(child, 'exit')
  const lost = messages * peers - counts.received
  const cpu = (user + system) / 1e6 / took
  const slow = tried.events.filter(({ type }) => type === 'slow').length
  return { peers, messages, ...counts, lost, slow, seconds: took, cpu }
}

async function countsOf(child: ChildProcess): Promise<PeerCounts> {
  child.send('count')
  const message = await messageOf(child)
  if (message.type !== 'counts') throw new Error(`expected counts, not ${message.type}`)
  return message.counts
}

async function messageOf(child: ChildProcess): Promise<PeersMessage> {
  const [message] = await once(child, 'message')
  return message as PeersMessage
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
