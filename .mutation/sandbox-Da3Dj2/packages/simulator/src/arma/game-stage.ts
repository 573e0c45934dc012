// @ts-nocheck
import { InvalidArgumentError } from '@bercon/server/kit'
import type { Act, Stage } from '../world/simulator-commands.js'
import type { GamePlayer } from './game-player.js'
import type { GameState } from './game-state.js'

/** A game of Arma 3 or DayZ for the simulator's own commands. */
export function gameStage(game: GameState): Stage<GamePlayer> {
  const leave = ({ id: slot, name }: GamePlayer) => {
    game.leave(slot)
    return `${name} left.`
  }
  const chat = ({ id: slot, name }: GamePlayer, text: string) => {
    game.chat(slot, 'Global', text)
    return `${name} said it.`
  }
  const ping = ({ id: slot, name }: GamePlayer, text: string) => {
    game.setPing(slot, pingOf(text))
    return `${name} has a ping of ${text}.`
  }
  const kick = ({ id: slot, name }: GamePlayer, reason: string) => {
    game.kick(slot, reason)
    return `BattlEye kicked ${name}.`
  }
  const acts: ReadonlyMap<string, Act<GamePlayer>> = new Map([
    ['leave', { usage: '', run: leave }],
    ['chat', { usage: ' TEXT', run: chat }],
    ['ping', { usage: ' MS', run: ping }],
    ['kick', { usage: ' REASON', run: kick }],
  ])
  return {
    acts,
    players: () => game.players.all(),
    join: (name, ping) => {
      const slot = game.join({ name, ...(ping === undefined ? {} : { ping }) }, false)
      return `${name} joined as #${slot}.`
    },
    emit: (line) => game.emit(line),
  }
}

function pingOf(text: string): number {
  if (/^(?:-1|\d{1,6})$/.test(text)) return Number(text)
  throw new InvalidArgumentError('ping', text, 'a whole number of milliseconds, or -1')
}
