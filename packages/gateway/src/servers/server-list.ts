import type { AsyncRconClient, RconPool } from '@bercon/client'
import { InvalidArgumentError } from '@bercon/core'
import { GAMES, type ServerGame, type ServerKind } from './game.js'

/** Servers by name, which may come and go: an `RconPool`, or the `FleetDirectory` of `@bercon/fleet`. */
export type GatewayServers = Pick<RconPool, 'names' | 'get' | 'listen'>

/** A server of the pool, and what it plays. */
export interface GatewayServer extends ServerKind {
  readonly client: AsyncRconClient
}

// It stands in paths of URLs and in the audit.
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/

/** The servers behind the gateway: those of a pool, at any time. */
export class ServerList {
  readonly #pool: GatewayServers
  #games: Readonly<Record<string, ServerGame>>

  /** @throws {@link InvalidArgumentError} for a game or a name that cannot be. */
  constructor(pool: GatewayServers, games: Readonly<Record<string, ServerGame>>) {
    this.#pool = pool
    this.#games = checkedGames(games)
    for (const name of pool.names) checkServerName(name)
  }

  /** @throws {@link InvalidArgumentError} as the constructor does. */
  setGames(games: Readonly<Record<string, ServerGame>>): void {
    this.#games = checkedGames(games)
  }

  get(name: string): GatewayServer | undefined {
    const client = this.#pool.get(name)
    return client === undefined ? undefined : { name, client, game: this.#gameOf(name) }
  }

  all(): readonly GatewayServer[] {
    return this.#pool.names.flatMap((name) => this.get(name) ?? [])
  }

  #gameOf(name: string): ServerGame {
    return Object.hasOwn(this.#games, name) ? (this.#games[name] as ServerGame) : 'auto'
  }
}

/** @throws {@link InvalidArgumentError} for a name that cannot be in the path of a URL. */
export function checkServerName(name: string): void {
  if (!NAME.test(name))
    throw new InvalidArgumentError(
      'servers',
      name,
      'named with 1 to 64 letters, digits, dots, dashes and underscores',
    )
}

function checkedGames(games: Readonly<Record<string, ServerGame>>): Readonly<Record<string, ServerGame>> {
  for (const [name, game] of Object.entries(games)) {
    checkServerName(name)
    if (!GAMES.includes(game))
      throw new InvalidArgumentError(`games.${name}`, game, `one of ${GAMES.join(', ')}`)
  }
  return games
}
