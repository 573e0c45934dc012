import { Ban as AnyBan, Player as AnyPlayer } from '@bercon/core'

/** A player as `AsyncRconClient` returns them: what they do returns promises. */
export type Player = AnyPlayer<'promise'>
export const Player: typeof AnyPlayer<'promise'> = AnyPlayer

/** A ban as `AsyncRconClient` returns it; a class of your own extends it, see `fetchBans`. */
export type Ban = AnyBan<'promise'>
export const Ban: typeof AnyBan<'promise'> = AnyBan
