import type { Kind, RconClient } from '@bercon/core'
import { describe } from 'vitest'
import { argumentsContract } from './arguments-contract.js'
import { bansContract } from './bans-contract.js'
import { cacheContract } from './cache-contract.js'
import { eventsContract } from './events-contract.js'
import { failuresContract } from './failures-contract.js'
import { lifeContract } from './life-contract.js'
import { linesContract } from './lines-contract.js'
import { listenersContract } from './listeners-contract.js'
import { operationsContract } from './operations-contract.js'
import type { Flavor } from './scene/flavor.js'
import { Stage } from './stage.js'
import { waitingContract } from './waiting-contract.js'

export type { ClientOptions, Flavor } from './scene/flavor.js'

/**
 * The tests that every flavor of client must pass: written once, run by each flavor against a simulated server in a
 * thread of its own.
 */
export function describeContract<K extends Kind, C extends RconClient<K>>(flavor: Flavor<K, C>): void {
  describe(`every client's contract, kept by the ${flavor.name}`, () => {
    const stage = new Stage(flavor)
    describe('life', () => lifeContract(stage))
    describe('operations', () => operationsContract(stage))
    describe('bans', () => bansContract(stage))
    describe('arguments', () => argumentsContract(stage))
    describe('failures', () => failuresContract(stage))
    describe('events', () => eventsContract(stage))
    describe('listeners', () => listenersContract(stage))
    describe('players', () => cacheContract(stage))
    describe('lines and replies', () => linesContract(stage))
    describe('waiting', () => waitingContract(stage))
  })
}
