// @ts-nocheck
import { expect, it } from 'vitest'
import { nearestName, suggestion } from './nearest-name.js'

const NAMES = ['login', 'playerConnect', 'playerKick', 'error', 'keepAliveMs', 'maxInFlight']

it.each([
  ['on_login', 'login'],
  ['login ', 'login'],
  ['onLogin', 'login'],
  ['on_player_connect', 'playerConnect'],
  ['player-connect', 'playerConnect'],
  ['playerConect', 'playerConnect'],
  ['keepAliveMS', 'keepAliveMs'],
  ['KeepAlive', 'keepAliveMs'],
  ['maxInflight', 'maxInFlight'],
  ['eror', 'error'],
  ['errro', 'error'],
  ['lgoin', 'login'],
  ['lgion', undefined],
  ['cheese', undefined],
  ['', undefined],
])('%j suggests %j', (given, name) => {
  expect(nearestName(given, NAMES)).toBe(name)
})

it('skips names that are too long to compare', () => {
  expect(nearestName('login'.repeat(1_000_000), NAMES)).toBeUndefined()
})

it('ends a sentence with the name, or adds nothing', () => {
  expect(suggestion('Login', NAMES)).toBe('; did you mean "login"?')
  expect(suggestion('cheese', NAMES)).toBe('')
})
