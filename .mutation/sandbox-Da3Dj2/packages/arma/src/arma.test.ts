// @ts-nocheck
import {
  ClosedError,
  CommandDisallowedError,
  CommandTimeoutError,
  ConnectionLostError,
  type Outcome,
  type Performer,
} from '@bercon/core'
import { type CommandRequest, performAsync } from '@bercon/core/kit'
import { describe, expect, test } from 'vitest'
import { arma } from './arma.js'

function promises(exchange: (request: CommandRequest) => Promise<string>): Performer<'promise'> {
  return { kind: 'promise', perform: (begin) => performAsync(begin, exchange) }
}

const facts = (outcome: Outcome) => ({ command: '#shutdown', attempts: 1, elapsedMs: 10_000, outcome })

describe('arma', () => {
  test('reports a bad argument like other errors', async () => {
    const server = arma(promises(async () => ''))
    await expect(server.selectMission('')).rejects.toMatchObject({ argument: 'name' })
  })

  test('fails with the error of a refusal', async () => {
    const server = arma(promises(async () => 'Disallowed command'))
    await expect(server.shutdownServer()).rejects.toBeInstanceOf(CommandDisallowedError)
  })
})

describe('a command after which the server goes away', () => {
  test.each([
    new CommandTimeoutError(facts('unknown')),
    new CommandTimeoutError(facts('executed')),
    new ConnectionLostError(facts('unknown')),
  ])('takes silence for normal: %s', async (silence) => {
    const server = arma(promises(() => Promise.reject(silence)))
    await expect(server.shutdownServer()).resolves.toEqual({ answered: false, remark: undefined })
    await expect(server.restartServer()).resolves.toEqual({ answered: false, remark: undefined })
  })

  test.each([
    new CommandTimeoutError(facts('not-sent')),
    new ClosedError({ command: '#shutdown', outcome: 'unknown' }),
    new Error('other'),
  ])('does not take anything else for it: %s', async (error) => {
    const server = arma(promises(() => Promise.reject(error)))
    await expect(server.shutdownServer()).rejects.toBe(error)
  })

  test('returns the remark of the server', async () => {
    const server = arma(promises(async () => 'bye'))
    await expect(server.shutdownServer()).resolves.toEqual({ answered: true, remark: 'bye' })
  })

  test('is not the only kind: silence after another command is an error', async () => {
    const silence = new CommandTimeoutError(facts('unknown'))
    const server = arma(promises(() => Promise.reject(silence)))
    await expect(server.lockServer()).rejects.toBe(silence)
  })
})
