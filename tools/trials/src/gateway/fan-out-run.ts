import { AsyncRconClient } from '@bercon/client'
import { TriedGateway, tokenOf } from './tried-gateway.js'

/** What the run found. */
export interface FanOutFindings {
  readonly peers: number
  readonly messages: number
  readonly received: number
  /** What peers that keep up have lost; must be 0. */
  readonly lost: number
  readonly seconds: number
}

/** Messages of the game to many BattlEye peers, all of which acknowledge them. */
export async function fanOutRun(peers: number, perSecond: number, seconds: number): Promise<FanOutFindings> {
  await using tried = new TriedGateway(['ann'])
  await tried.start()
  const clients: AsyncRconClient[] = []
  let received = 0
  for (let at = 0; at < peers; at++) {
    const client = new AsyncRconClient({ playersIntervalMs: 0 })
    client.listen('message', ({ text }) => {
      if (text.startsWith('(Side)')) received++
    })
    clients.push(await client.connect('127.0.0.1', tried.battleyePort, tokenOf('ann')))
  }
  const messages = perSecond * seconds
  const begun = performance.now()
  for (let number = 0; number < messages; number++) {
    tried.game.broadcast(`(Side) Rook: ${number}`)
    const due = begun + ((number + 1) * 1_000) / perSecond
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
  }
  // As long as it takes; a message that is lost for good ends it all the same.
  for (let wait = 0; wait < 100 && received < messages * peers; wait++)
    await new Promise((resolve) => setTimeout(resolve, 100))
  const took = (performance.now() - begun) / 1_000
  for (const client of clients) await client.close()
  return { peers, messages, received, lost: messages * peers - received, seconds: took }
}
