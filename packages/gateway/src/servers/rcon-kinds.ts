import type { AsyncRconClient, CallOptions, ClientClock } from '@bercon/client'
import { type ReforgerServer, reforger } from '@bercon/reforger'
import type { Audit } from '../audit/audit.js'
import type { AuditResult } from '../audit/audit-entry.js'
import { failureOf } from './command-outcome.js'
import type { GatewayServer } from './server-list.js'

// Whose commands the gateway's own are. Users' entries have a role and a front besides.
const GATEWAY = { user: 'gateway', role: null, front: null, from: null } as const
// What the detection sends: the two kinds answer it with lists that differ.
const QUESTION = 'players'

/** Which kind of RCON each server has. Where its game does not say, a command finds out, once for each client. */
export class RconKinds {
  readonly #audit: Audit
  readonly #clock: ClientClock
  readonly #servers = new WeakMap<AsyncRconClient, ReforgerServer<'promise'>>()
  readonly #known = new WeakSet<AsyncRconClient>()

  constructor(audit: Audit, clock: ClientClock) {
    this.#audit = audit
    this.#clock = clock
  }

  /**
   * Whether the server has Reforger's own RCON.
   *
   * @throws `RconError` `audit-failure` where the question cannot be written down; whatever it fails with.
   */
  async isBuiltIn({ name, client, game }: GatewayServer, call?: CallOptions): Promise<boolean> {
    if (game === 'arma3' || game === 'dayz') return false
    const server = this.#servers.get(client) ?? reforger(client)
    this.#servers.set(client, server)
    const rcon = this.#known.has(client) ? server.rcon(call) : this.#ask(name, () => server.rcon(call))
    const kind = await rcon
    this.#known.add(client)
    return kind === 'built-in'
  }

  async #ask<T>(server: string, ask: () => Promise<T>): Promise<T> {
    const actor = { ...GATEWAY, server }
    const { id, written } = this.#audit.begin(actor, QUESTION)
    await written
    const begunAt = this.#clock.now()
    const record = (result: AuditResult) => {
      const elapsedMs = Math.round(this.#clock.now() - begunAt)
      this.#audit.record(actor, { ...result, elapsedMs }, id)
    }
    try {
      const answer = await ask()
      record({ outcome: 'answered' })
      return answer
    } catch (error) {
      record(failureOf(error))
      throw error
    }
  }
}
