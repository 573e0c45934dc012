import { expect, it } from 'vitest'
import { SyncRconClient } from './sync-rcon-client.js'

const client = new SyncRconClient()

it.each([
  ['timeout', 'timeoutMs', (options: object) => client.waitFor('login', options)],
  ['chek', 'check', (options: object) => client.waitFor('login', options)],
  ['maxQueue', 'maxQueued', (options: object) => client.events('login', options)],
  ['timeOutMs', 'timeoutMs', (options: object) => client.events(options)],
  ['timeoutMS', 'timeoutMs', (options: object) => client.joinsAndLeaves(options)],
  ['maxQueuedEvent', 'maxQueuedEvents', (options: object) => new SyncRconClient(options)],
])('refuses the option %s, and suggests %s', (given, meant, call) => {
  const refused = () => call({ [given]: 'hunter2' })
  expect(refused).toThrow(expect.objectContaining({ code: 'invalid-argument', argument: given }))
  expect(refused).toThrow(
    given === 'timeout' ? 'the options are check and timeoutMs' : `did you mean "${meant}"?`,
  )
  expect(refused).not.toThrow('hunter2')
})

it('refuses an option of connect', () => {
  expect(() =>
    new SyncRconClient().connect('127.0.0.1', 2306, 'hunter2', { timeoutMs: 3 } as object),
  ).toThrow('There is no option "timeoutMs"')
})
