import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type * as dispatcher from './event-dispatcher.js'

type Events = dispatcher.ErrorEvents & { readonly one: number }

let dispatch: dispatcher.EventDispatcher<Events>

// A fresh module for each test: the warning is shown once per process.
beforeEach(async () => {
  vi.resetModules()
  const { EventDispatcher } = await import('./event-dispatcher.js')
  dispatch = new EventDispatcher<Events>()
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const warnings = () => vi.spyOn(process, 'emitWarning').mockImplementation(() => {})

it('an async listener that fails without a listener for errors causes one warning per process', async () => {
  const warned = warnings()
  dispatch.on('one', async () => {
    throw new Error('the bot is broken')
  })
  for (let event = 0; event < 3; event++) dispatch.emit('one', event)
  await new Promise((resolve) => setImmediate(resolve))
  expect(warned).toHaveBeenCalledTimes(1)
  const [message, options] = warned.mock.calls[0] ?? []
  expect(message).toContain('during one')
  expect(message).toContain('Error: the bot is broken')
  expect(message).toContain("client.listen('error', …)")
  expect(options).toEqual({ type: 'BerconWarning', code: 'BERCON_UNHEARD_ERROR' })
})

it('an error with a listener causes no warning', () => {
  const warned = warnings()
  const emitted: unknown[] = []
  dispatch.on('error', ({ error }) => emitted.push(error))
  dispatch.on('one', () => {
    throw new Error('broken')
  })
  dispatch.emit('one', 1)
  expect(emitted).toHaveLength(1)
  expect(warned).not.toHaveBeenCalled()
})

it('a failing listener of errors causes no warning: there was a listener', () => {
  const warned = warnings()
  dispatch.on('error', () => {
    throw new Error('again')
  })
  dispatch.emit('error', { type: 'error', error: 'first', during: 'one' })
  expect(warned).not.toHaveBeenCalled()
})

it('the console shows the warning if the platform has no process', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.stubGlobal('process', undefined)
  dispatch.emit('error', { type: 'error', error: 'broken', during: 'one' })
  expect(warn).toHaveBeenCalledTimes(1)
})

it('a platform without either loses only the warning', () => {
  vi.stubGlobal('process', undefined)
  vi.stubGlobal('console', undefined)
  dispatch.emit('error', { type: 'error', error: 'broken', during: 'one' })
  expect(dispatch.listenerCount('error')).toBe(0)
})

it('the warning is one line without control characters, and of limited length', () => {
  const warned = warnings()
  const error = new Error(`\u001B]0;title\u0007\u2028\u202Eabc${'x'.repeat(10_000)}`)
  dispatch.emit('error', { type: 'error', error, during: 'one' })
  const message = String(warned.mock.calls[0]?.[0])
  expect(message).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]+$/u)
  expect(message.length).toBeLessThan(600)
})

it('an error without a text still causes a warning', () => {
  const warned = warnings()
  const error = {
    toString: () => {
      throw new Error('no')
    },
  }
  dispatch.emit('error', { type: 'error', error, during: 'one' })
  expect(warned).toHaveBeenCalledTimes(1)
})

it('the warning names what failed, with the beginning of a long text', () => {
  const warned = warnings()
  dispatch.emit('error', { type: 'error', error: `a\u0007b${'x'.repeat(300)}`, during: 'one' })
  expect(warned.mock.calls[0]?.[0]).toBe(
    `bercon: an error occurred during one: a\uFFFDb${'x'.repeat(197)}…. ` +
      "Handle such errors with client.listen('error', …). This warning is shown once.",
  )
})

it('the warning shows a text of 200 characters whole', () => {
  const warned = warnings()
  dispatch.emit('error', { type: 'error', error: 'x'.repeat(200), during: 'one' })
  expect(warned.mock.calls[0]?.[0]).toContain(`: ${'x'.repeat(200)}. `)
})

it('the warning says that an error has no text', () => {
  const warned = warnings()
  dispatch.emit('error', { type: 'error', error: Object.create(null), during: 'one' })
  expect(warned.mock.calls[0]?.[0]).toContain('during one: an error without a text.')
})

it('an error is unheard again once its listener is gone', () => {
  const warned = warnings()
  dispatch.on('error', () => {})()
  dispatch.emit('error', { type: 'error', error: 'broken', during: 'one' })
  expect(warned).toHaveBeenCalledTimes(1)
})

it('a console that cannot warn loses only the warning', () => {
  vi.stubGlobal('process', undefined)
  vi.stubGlobal('console', {})
  expect(() => dispatch.emit('error', { type: 'error', error: 'broken', during: 'one' })).not.toThrow()
})
