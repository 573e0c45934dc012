import { Ban as AnyBan, Player as AnyPlayer } from '@bercon/core'

/** A player as `SyncRconClient` returns them: what they do returns values. */
export type Player = AnyPlayer<'sync'>
export const Player: typeof AnyPlayer<'sync'> = AnyPlayer

/** A ban as `SyncRconClient` returns it; a class of your own extends it, see `fetchBans`. */
export type Ban = AnyBan<'sync'>
export const Ban: typeof AnyBan<'sync'> = AnyBan
