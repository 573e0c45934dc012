import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { VirtualClock } from '@bercon/core/testing'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { expect, it, onTestFinished } from 'vitest'
import { EventFeed } from '../../events/event-feed.js'
import { createRole } from '../../roles/role.js'
import { eventRoutes } from './event-routes.js'
import type { Env, HttpParts } from './http-parts.js'
import { problemOf } from './problem.js'

/** The route alone, for one user, in virtual time. */
function start() {
  const clock = new VirtualClock()
  const feed = new EventFeed({ events: 10_000, length: 2 ** 30 })
  const subject = { user: 'ann', role: createRole('r', { servers: ['*'], commands: [] }) }
  const access = () => ({ subject: () => subject })
  const app = new Hono<Env>()
  app.onError((error) => problemOf(error).response)
  app.use(async (context, next) => {
    context.set('visitor', { subject } as Env['Variables']['visitor'])
    await next()
  })
  app.route('/', eventRoutes({ clock, feed, access } as unknown as HttpParts))
  return { app, clock, feed }
}

it('cuts off a reader who reads nothing at all, also where a full socket holds the end of the stream back', async () => {
  const { app, clock, feed } = start()
  const server = createServer(getRequestListener(app.fetch))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const reader = connect((server.address() as AddressInfo).port, '127.0.0.1')
  onTestFinished(() => {
    reader.destroy()
    server.close()
  })
  reader.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  const [socket] = await once(server, 'connection')
  await expect.poll(() => clock.timers).toBe(1)
  const data = 'x'.repeat(65_536)
  // More than the buffers of both sides take.
  for (let count = 0; count < 800; count++)
    feed.add({ server: 'altis', type: 'playerMessage', at: 0, line: undefined, data })
  await expect.poll(() => socket.writableNeedDrain).toBe(true)
  // Until the buffers of the system are full they take from the stream, too.
  await expect
    .poll(() => {
      clock.advance(15_000)
      return socket.destroyed
    })
    .toBe(true)
  expect(clock.timers).toBe(0)
})

it('sends the events of the servers and types that are asked for, as a stream that nothing holds back', async () => {
  const { app, feed } = start()
  const response = await app.request('/?server=al*&server=everon&event=playerM*')
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  expect(response.headers.get('x-accel-buffering')).toBe('no')
  const reader = response.body?.getReader()
  await reader?.read()
  const event = { at: 0, line: undefined, data: '{}' }
  for (const server of ['tanoa', 'altis', 'everon'])
    for (const type of ['playerKick', 'playerMessage'] as const) feed.add({ ...event, server, type })
  const { value } = (await reader?.read()) ?? {}
  expect(
    [
      ...Buffer.from(value ?? [])
        .toString()
        .matchAll(/-([0-9])\n/g),
    ].map(([, number]) => number),
  ).toEqual(['4', '6'])
  await reader?.cancel()
})

it('refuses what cannot be asked for by name', async () => {
  expect(await (await start().app.request('/?type=x')).json()).toMatchObject({
    status: 400,
    detail: 'There is no field "type"; there are server, event',
  })
})

it('ends a stream that nobody reads, also where there is no socket to cut', async () => {
  const { app, clock } = start()
  await app.request('/')
  for (let beat = 0; beat < 3; beat++) clock.advance(15_000)
  expect(clock.timers).toBe(0)
})

it('gives a user so many streams, and another one when one has ended', async () => {
  const { app } = start()
  const streams = await Promise.all(Array.from({ length: 64 }, () => app.request('/')))
  expect(await (await app.request('/')).json()).toMatchObject({
    status: 429,
    detail: 'ann reads 64 streams of events already',
  })
  await streams[0]?.body?.cancel()
  expect((await app.request('/')).status).toBe(200)
})
