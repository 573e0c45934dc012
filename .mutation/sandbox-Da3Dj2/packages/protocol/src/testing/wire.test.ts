// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { decodeText, encodeText } from '../text/text.js'
import { decodeClientPacket } from '../wire/decode.js'
import { Wire, type WireOptions } from './wire.js'

describe('Wire', () => {
  it('connects two sessions, and skips time in which nothing happens', () => {
    const seen: string[] = []
    const wire = new Wire({
      link: { minDelayMs: 25 },
      onServerEvent: (event) => {
        if (event.type === 'command') wire.server.reply(event.id, encodeText('pong'))
      },
      onClientEvent: (event) => {
        seen.push(event.type === 'reply' ? `${decodeText(event.bytes)} at ${wire.now}` : event.type)
      },
    })
    wire.login()
    expect(wire.now).toBe(50)
    wire.client.sendCommand(encodeText('ping'), { resend: false }, wire.now)
    wire.run(1_000)
    expect(seen).toEqual(['logged-in', 'pong at 100'])
    expect(wire.now).toBe(1_000)
  })

  it('stops when `isDone` returns true, or if nothing is left to happen', () => {
    const wire = new Wire()
    wire.login('wrong')
    expect(wire.client.state).toBe('refused')
    wire.run(Number.POSITIVE_INFINITY)
    expect(wire.now).toBe(0)
    wire.run(70)
    expect(wire.now).toBe(70)
  })

  it('reports each datagram to the server before the server handles it', () => {
    const got: string[] = []
    const wire = new Wire({
      onServerDatagram: (datagram, now) =>
        got.push(`${decodeClientPacket(datagram).type} ${now} ${wire.server.state}`),
    })
    wire.login()
    wire.client.sendCommand(encodeText('a'), { resend: false }, wire.now)
    wire.run(5)
    expect(got).toEqual(['login 0 waiting', 'command 0 logged-in'])
  })

  it('repeats the same day with the same seed, and another day with another', () => {
    const trace = (seed: number) => {
      const events: string[] = []
      const options: WireOptions = {
        link: { seed, loss: 0.2, repeat: 0.1, reorder: 0.1, corrupt: 0.05, minDelayMs: 10, maxDelayMs: 90 },
        server: { messageAttempts: Number.POSITIVE_INFINITY },
        onServerEvent: (event, { server, now }) => {
          if (event.type === 'command') {
            server.reply(event.id, event.bytes)
            server.sendMessage(event.bytes, now)
          }
        },
        onClientEvent: (event, { now }) => events.push(`${now} ${JSON.stringify(event)}`),
      }
      const wire = new Wire(options)
      wire.login()
      for (let i = 0; i < 50; i++) {
        wire.client.sendCommand(encodeText(`${i}`), { resend: true }, wire.now)
        wire.run(wire.now + 100)
      }
      wire.run(100_000)
      return events
    }
    const first = trace(5)
    expect(trace(5)).toEqual(first)
    expect(trace(6)).not.toEqual(first)
    expect(first.length).toBeGreaterThan(100)
  })
})
