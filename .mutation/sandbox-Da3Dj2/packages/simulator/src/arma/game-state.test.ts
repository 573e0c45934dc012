// @ts-nocheck
import { createRandom } from '@bercon/protocol/link'
import { describe, expect, it } from 'vitest'
import { runCommand } from './command-table.js'
import { GameState } from './game-state.js'
import { checkWorldOptions } from './game-world-options.js'

function emptyGame(): GameState {
  const options = checkWorldOptions({ bots: false, maxBans: 50, maxMessages: 50 })
  return new GameState(options, createRandom(1), 0)
}

describe('the memory of a game', () => {
  it('does not grow with players who leave at once', () => {
    const game = emptyGame()
    game.limitPing(10)
    for (let count = 0; count < 5000; count += 1) {
      const slot = game.join({ name: `player ${count}`, ping: 500 }, false)
      expect(game.schedule.has(slot, 'high-ping')).toBe(true)
      game.leave(slot)
    }
    expect(game.schedule.next()).toBeUndefined()
    expect(game.players.size).toBe(0)
    expect(game.players.departed().length).toBeLessThanOrEqual(32)
    expect(game.messages.take()).toHaveLength(50)
  })

  it('does not grow with bans and game commands', () => {
    const game = emptyGame()
    for (let count = 0; count < 1000; count += 1) {
      runCommand(game, `addBan 10.0.${count >> 8}.${count & 255} 5 x`, 0)
      runCommand(game, '#restart', 0)
    }
    expect(game.bans.ipBans).toHaveLength(50)
    expect(game.actions.take()).toHaveLength(50)
  })
})

describe('any command text', () => {
  it('is answered, and keeps the game consistent', () => {
    const words = [
      'players',
      'kick',
      'ban',
      'addBan',
      'removeBan',
      'say',
      'maxPing',
      'RConPassword',
      '#lock',
      'x',
    ]
    const parts = ['', ' ', '0', '-1', '3', '99999999999', '1e3', '٣', 'a\nb', '\0', '192.0.2.1', '💥', 'NaN']
    const random = createRandom(5)
    const game = emptyGame()
    const pickFrom = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
    for (let count = 0; count < 5000; count += 1) {
      if (game.players.size < 5) game.join({ name: pickFrom(parts) }, false)
      const command = [pickFrom(words), pickFrom(parts), pickFrom(parts), pickFrom(parts)].join(' ')
      expect(typeof runCommand(game, command, 0)).toBe('string')
    }
    expect(runCommand(game, 'players', 0).endsWith(`(${game.players.size} players in total)`)).toBe(true)
    expect(game.bans.guidBans.length + game.bans.ipBans.length).toBeLessThanOrEqual(50)
  })
})
