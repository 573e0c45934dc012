import { InvalidArgumentError, type Target } from '@bercon/client'

/** The games that a worker knows how to log in to. */
export const GAMES: readonly FleetGame[] = ['arma3', 'dayz', 'reforger']

/** The game of a server: what differs is Reforger's built-in RCON. */
export type FleetGame = 'arma3' | 'dayz' | 'reforger'

/** One server of the list. The password is never in it, but where only a worker can read it. */
export interface FleetServer {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly game: FleetGame
}

/** What happens to the list: a server is added or changed, or removed. */
export type ListChange =
  | { readonly type: 'server'; readonly server: FleetServer }
  | { readonly type: 'removed'; readonly name: string }
  | { readonly type: 'complete' }

/** The servers that a fleet shares out. */
export interface ServerList {
  /** Calls the listener with every server, then with each change; returns what ends that. */
  watch(listener: (change: ListChange) => void): () => void
  /** Where to log in. Rejects if the server is not listed, or its password cannot be read here. */
  target(name: string): Promise<Target>
}

const TOKEN = /^[A-Za-z0-9_-]{1,64}$/

/**
 * @throws {@link InvalidArgumentError} for what cannot be a token of a subject: the names of servers, workers and users
 * are some.
 */
export function checkToken(argument: string, token: string): void {
  if (typeof token !== 'string' || !TOKEN.test(token))
    throw new InvalidArgumentError(argument, token, '1 to 64 letters, digits, "_" or "-"')
}
