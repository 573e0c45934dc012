import { connectGateway } from '@bercon/remote'
import { type Player, RxRconClient } from '@bercon/rx'
import { filter, Subscription } from 'rxjs'
import { addressOf } from '../gateway/http.js'
import type { Game } from '../gateway/session.js'
import { kindOf } from './line.js'
import { LineRecord } from './line-record.js'
import { type Poll, poll } from './poll.js'

const LIST_MS = 30_000
const TIMEOUT_MS = 10_000
// Shorter than the time of a command, so that one that is asked for meanwhile is still sent.
const RECONNECT_MS = 4_000

/** One server as the page follows it: from the first look at it to the end of the session. */
export interface LiveServer {
  readonly name: string
  readonly client: RxRconClient
  readonly log: LineRecord
  /** Asks for the players by BattlEye's command, whose answers the client's own list follows. */
  readonly list: Poll<readonly Player[]>
}

const followed = new Map<string, { readonly server: LiveServer; readonly ending: Subscription }>()

/** The server by its name. It stays followed, so that its log goes on while another view is shown. */
export function liveServer(name: string, game: Game, mayList: boolean): LiveServer {
  const known = followed.get(name)
  if (known !== undefined) return known.server
  const ending = new Subscription()
  const server = follow(name, game !== 'reforger' && mayList, ending)
  followed.set(name, { server, ending })
  return server
}

/** Lets go of every server; what they showed belongs to who was signed in. */
export function leaveServers(): void {
  for (const { ending } of followed.values()) ending.unsubscribe()
  followed.clear()
}

function follow(name: string, lists: boolean, ending: Subscription): LiveServer {
  const connection = connectGateway(addressOf('.').href, { server: name, maxReconnectDelayMs: RECONNECT_MS })
  const client = new RxRconClient({ connection })
  const log = new LineRecord()
  ending.add(client.events('message').subscribe(({ at, text }) => log.add(at, kindOf(text), text)))
  ending.add(client.events('gap').subscribe(({ at, from, to }) => log.add(at, 'own', gapText(from, to))))
  ending.add(
    client.connection$
      .pipe(filter(({ state }) => state in STATE_TEXTS))
      .subscribe(({ state }) => log.add(Date.now(), 'own', STATE_TEXTS[state] ?? '')),
  )
  const list = poll(() => client.fetchPlayers({ timeoutMs: TIMEOUT_MS }), LIST_MS)
  // The lines say who joins and leaves; the list adds pings, and who was there before.
  if (lists) {
    ending.add(list.state$.subscribe())
    ending.add(
      client.connection$.pipe(filter(({ state }) => state === 'connected')).subscribe(() => list.again()),
    )
  }
  ending.add(() => void client.close().subscribe({ error: () => undefined }))
  return { name, client, log, list }
}

const STATE_TEXTS: Readonly<Record<string, string>> = {
  connected: 'Connected.',
  connecting: 'Connecting…',
  unresponsive: 'The server has stopped answering.',
  reconnecting: 'The connection is lost; connecting again…',
  closed: 'The connection is closed.',
}

function gapText(from: number, to: number): string {
  return `Lines of ${Math.max(1, Math.round((to - from) / 1_000))} s may be missing here.`
}
