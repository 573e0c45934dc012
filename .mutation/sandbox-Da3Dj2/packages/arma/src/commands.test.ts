// @ts-nocheck
import { InvalidArgumentError } from '@bercon/core'
import { describe, expect, test } from 'vitest'
import * as commands from './index.js'
import {
  type ArmaGame,
  chooseMission,
  type GameCommand,
  kickFromGame,
  lockServer,
  monitor,
  reloadConfig,
  restartAndReassign,
  restartMission,
  restartServer,
  restartServerAfterMission,
  selectMission,
  shutdownServer,
  shutdownServerAfterMission,
  unlockServer,
} from './index.js'

const EVERY: readonly ArmaGame[] = ['arma2oa', 'arma3', 'dayz']
const ARMA: readonly ArmaGame[] = ['arma2oa', 'arma3']

const TABLE: readonly (readonly [GameCommand<unknown>, string, readonly ArmaGame[], boolean])[] = [
  [lockServer(), '#lock', EVERY, false],
  [unlockServer(), '#unlock', EVERY, false],
  [shutdownServer(), '#shutdown', EVERY, false],
  [restartServer(), '#restartserver', ['arma3'], false],
  [shutdownServerAfterMission(), '#shutdownserveraftermission', ['arma3'], false],
  [restartServerAfterMission(), '#restartserveraftermission', ['arma3'], false],
  [restartMission(), '#restart', ARMA, false],
  [restartAndReassign(), '#reassign', ARMA, false],
  [chooseMission(), '#missions', ARMA, false],
  [selectMission('Coop_10.Altis'), '#mission Coop_10.Altis', ARMA, false],
  [selectMission('Coop_10.Altis', 'veteran'), '#mission Coop_10.Altis veteran', ARMA, false],
  [selectMission('Harbour 1.2 (final).Malden.PBO'), '#mission Harbour 1.2 (final).Malden', ARMA, false],
  [reloadConfig(), '#init', ARMA, true],
  [monitor(10), '#monitords 10', ARMA, false],
  [monitor(0), '#monitords 0', ARMA, false],
  [kickFromGame('Two Words'), '#kick Two Words', ARMA, false],
]

test.each(TABLE)('%o is sent as it should be', (command, text, games, resend) => {
  expect(command).toMatchObject({ text, games, resend })
})

test('every command is in that table', () => {
  const texts = Object.values(commands).filter((value) => typeof value === 'function' && value.length === 0)
  const inTable = new Set(TABLE.map(([command]) => command.text))
  for (const make of texts as (() => GameCommand)[]) expect(inTable).toContain(make().text)
})

test('an empty reply is undefined, any other is kept', () => {
  expect([lockServer().parse(''), lockServer().parse('no')]).toEqual([undefined, 'no'])
})

describe('refused by name before anything is sent', () => {
  test.each([
    ['name', () => selectMission('')],
    ['name', () => selectMission('.pbo')],
    ['name', () => selectMission('a\nb')],
    ['name', () => selectMission('x'.repeat(1_400))],
    ['difficulty', () => selectMission('a.Altis', 'very hard')],
    ['difficulty', () => selectMission('a.Altis', '')],
    ['difficulty', () => selectMission('a.Altis', 'a\0')],
    ['intervalSeconds', () => monitor(-1)],
    ['intervalSeconds', () => monitor(1.5)],
    ['player', () => kickFromGame(' ')],
    ['player', () => kickFromGame('a\rb')],
  ])('a bad %s (%s)', (argument, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-argument', argument }))
    expect(make).toThrow(InvalidArgumentError)
  })
})
