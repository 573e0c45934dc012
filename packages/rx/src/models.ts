import { Ban as AnyBan, Player as AnyPlayer } from '@bercon/core'

/** A player as `RxRconClient` returns them: what they do returns observables. */
export type Player = AnyPlayer<'observable'>
export const Player: typeof AnyPlayer<'observable'> = AnyPlayer

/** A ban as `RxRconClient` returns it; a class of your own extends it, see `fetchBans`. */
export type Ban = AnyBan<'observable'>
export const Ban: typeof AnyBan<'observable'> = AnyBan
