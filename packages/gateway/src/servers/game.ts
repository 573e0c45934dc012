/** What a server plays; `auto` finds out whether it has Reforger's own RCON or BattlEye's. */
export const GAMES = ['arma3', 'dayz', 'reforger', 'auto'] as const

/** What a server runs; `auto` finds out from its replies. */
export type ServerGame = (typeof GAMES)[number]

/** A server as roles and lists see it. */
export interface ServerKind {
  readonly name: string
  readonly game: ServerGame
}
