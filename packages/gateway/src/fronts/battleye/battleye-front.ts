import { type AsyncRconClient, type CallOptions, codeOf, isNoReply } from '@bercon/client'
import {
  type Identity as Admitted,
  type Endpoint,
  type ListenAddress,
  type Peer,
  RconServer,
  type RconServerEvent,
  type RconServerOptions,
} from '@bercon/server'
import { adminLoginLine, encodeText, endpoint } from '@bercon/server/kit'
import { lineType } from '../../events/heard-events.js'
import { fetchBanRows, fetchPlayerRows } from '../../servers/list-rows.js'
import { sendRaw } from '../../servers/raw-command.js'
import type { Identity } from '../../users/access.js'
import { type FrontParts, noteLogin } from '../front-parts.js'
import { bansTable, playersTable } from './battleye-tables.js'

/** A line of the game server's. */
export interface ServerLine {
  readonly text: string
  /** Its bytes, where they are not UTF-8. */
  readonly bytes?: readonly number[]
}

/** What of the server a test replaces. */
export type BattleyePlugs = Pick<RconServerOptions, 'openSocket'>

const MAX_PEERS = 1_000
// With 2 s between them (P9), a peer that acknowledges no message keeps its login as long as one that sends nothing (P7). By default, as
// at a game server, it would lose its login, and its messages with it, after a quarter of that.
const MESSAGE_ATTEMPTS = 23
// As BattlEye answers what its settings forbid (W9).
const DISALLOWED = 'Disallowed command'
const NO_AUDIT = 'The gateway cannot write its audit, so the command was not sent'

/** Where users' own BattlEye tools log in to one server, each with their token as the RCON password. */
export class BattleyeFront {
  readonly #server: string
  readonly #parts: FrontParts
  readonly #rcon: RconServer
  // By the peer's id: with which token they logged in.
  readonly #identities = new Map<number, Identity>()

  constructor(server: string, parts: FrontParts, plugs: BattleyePlugs = {}) {
    this.#server = server
    this.#parts = parts
    this.#rcon = new RconServer({
      ...plugs,
      clock: parts.clock,
      maxPeers: MAX_PEERS,
      messageAttempts: MESSAGE_ATTEMPTS,
      // By this front, to those who may hear of it.
      announceLogins: false,
      authenticate: (token, from) => this.#authenticate(token, from),
      onCommand: (command, peer) => this.#execute(command, peer),
      onEvent: (event) => this.#handle(event),
    })
  }

  listen(host: string, port: number): Promise<ListenAddress> {
    return this.#rcon.listen({ host, port })
  }

  close(): Promise<void> {
    return this.#rcon.close()
  }

  /** Passes a line on to every peer whose role may hear it. */
  hear({ text, bytes }: ServerLine): void {
    if (this.#identities.size === 0) return
    const type = lineType(text)
    const message = bytes === undefined ? encodeText(text) : Uint8Array.from(bytes)
    for (const peer of this.#rcon.peers) if (this.#mayHear(peer, type)) this.#rcon.send(peer, message)
  }

  /** Ends the logins of users who are none any more, and of those whose role does not name the server any more. */
  sweep(): void {
    for (const peer of this.#rcon.peers)
      if (!this.#isWelcome(this.#identities.get(peer.id))) this.#rcon.disconnect(peer)
  }

  #authenticate(token: string, _from: Endpoint): Admitted | undefined {
    const identity = this.#parts.access().identify(token)
    return this.#isWelcome(identity) ? identity : undefined
  }

  #isWelcome(identity: Identity | undefined): identity is Identity {
    return identity !== undefined && this.#parts.access().subject(identity)?.role.knows(this.#server) === true
  }

  #mayHear(peer: Peer, type: string): boolean {
    const identity = this.#identities.get(peer.id)
    return identity !== undefined && this.#parts.access().subject(identity)?.role.mayHear(type) === true
  }

  async #execute(text: string, peer: Peer): Promise<string> {
    const identity = this.#identities.get(peer.id)
    if (identity === undefined) return DISALLOWED
    const order = { identity, front: 'battleye', from: fromOf(peer), server: this.#server, text } as const
    try {
      const carried = await this.#parts.desk.carryOut(order, (client, allowed, call) =>
        this.#ask(client, allowed, call),
      )
      return carried.type === 'answered' ? carried.value : DISALLOWED
    } catch (error) {
      if (codeOf(error) === 'audit-failure') return NO_AUDIT
      throw error
    }
  }

  #ask(client: AsyncRconClient, text: string, call: CallOptions): Promise<string> {
    const name = text.toLowerCase()
    return name === 'players' || name === 'bans'
      ? this.#askList(client, text, call)
      : sendRaw(client, text, call)
  }

  /** A list of Reforger's is given the form that tools for BattlEye read. */
  async #askList(client: AsyncRconClient, text: string, call: CallOptions): Promise<string> {
    const game = this.#parts.servers.get(this.#server)?.game ?? 'auto'
    const isBuiltIn = await this.#parts.kinds.isBuiltIn({ name: this.#server, client, game }, call)
    if (!isBuiltIn) return sendRaw(client, text, call)
    return text.toLowerCase() === 'players'
      ? playersTable(await fetchPlayerRows(client, isBuiltIn, call))
      : bansTable(await fetchBanRows(client, isBuiltIn, call))
  }

  #handle(event: RconServerEvent): void {
    switch (event.type) {
      case 'login':
        this.#greet(event.peer)
        break
      case 'forgotten':
        this.#identities.delete(event.peer.id)
        break
      case 'refused':
        this.#parts.strangers.note({ front: 'battleye', from: fromOf(event), server: this.#server })
        break
      case 'messageDropped':
        if (event.count === 1)
          this.#parts.report({
            type: 'slow',
            user: event.peer.name ?? '',
            front: 'battleye',
            from: fromOf(event.peer),
          })
        break
      case 'error':
        // A game server that does not answer is in the audit; the peer gets no answer either.
        if (!isNoReply(event.error) && codeOf(event.error) !== 'closed')
          this.#parts.report({ type: 'error', error: event.error, during: `battleye ${this.#server}` })
    }
  }

  /** The new peer's first message is its own login (W2): some tools wait for it. */
  #greet(peer: Peer): void {
    const name = peer.name as string
    const identity = this.#parts.access().identityOf(name)
    if (identity === undefined) return
    this.#identities.set(peer.id, identity)
    noteLogin(this.#parts, name, { front: 'battleye', from: fromOf(peer), server: this.#server })
    const line = adminLoginLine(peer.adminId, peer.address, peer.port)
    for (const other of this.#rcon.peers)
      if (other.id === peer.id || this.#mayHear(other, 'adminLogin')) this.#rcon.send(other, line)
  }
}

function fromOf({ address, port }: Endpoint): string {
  return endpoint(address, port)
}
