// @ts-nocheck
import { Cancellation } from '@bercon/core/kit'
import { expect, it } from 'vitest'
import { LimitedTransport } from './limited-transport.js'
import { Limiter } from './limiter.js'

/** One lookup at a time; that of `hung.example` never ends. */
function newTransport() {
  const transport = {
    resolve: (host: string) =>
      host === 'hung.example' ? new Promise<never>(() => {}) : Promise.resolve([host]),
    open: () => Promise.reject(new Error('nothing to open')),
  }
  return new LimitedTransport(transport, new Limiter(1))
}

it.each(['192.0.2.1', '2001:db8::1', 'fe80::1%eth0'])(
  'the address %s does not wait for the lookup of a name',
  async (host) => {
    const transport = newTransport()
    void transport.resolve('hung.example')
    expect(await transport.resolve(host)).toEqual([host])
  },
)

it('a canceled lookup makes room for the next', async () => {
  const transport = newTransport()
  const signal = new Cancellation()
  const hung = expect(transport.resolve('hung.example', signal)).rejects.toBe('too long')
  const next = transport.resolve('game.example')
  signal.abort('too long')
  expect(await next).toEqual(['game.example'])
  await hung
})

it('a waiting lookup that is canceled never starts', async () => {
  const transport = newTransport()
  const [first, second] = [new Cancellation(), new Cancellation()]
  const hung = expect(transport.resolve('hung.example', first)).rejects.toBe('too long')
  const waiting = expect(transport.resolve('hung.example', second)).rejects.toBe('too long')
  second.abort('too long')
  await waiting
  first.abort('too long')
  await hung
  expect(await transport.resolve('game.example')).toEqual(['game.example'])
})
