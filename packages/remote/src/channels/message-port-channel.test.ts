import { describe, expect, it } from 'vitest'
import { type MessagePortLike, messagePortChannel } from './message-port-channel.js'

/** Two channels over the ports of one, with what each has heard. */
function pair() {
  const { port1, port2 } = new MessageChannel()
  const ends = [messagePortChannel(port1), messagePortChannel(port2)] as const
  const heard: string[] = []
  const ended = ends.map((end) => new Promise<Error | undefined>((resolve) => end.onClose(resolve)))
  ends[1].onText((text) => heard.push(text))
  return { port1, port2, ends, heard, ended }
}

/** A port whose events a test makes, with what is sent on it. */
class ScriptedPort implements MessagePortLike {
  readonly sent: unknown[] = []
  readonly #listeners: Record<string, ((event: object) => void)[]> = {}

  postMessage(value: unknown): void {
    this.sent.push(value)
  }

  addEventListener(type: string, listener: (event: object) => void): void {
    const listeners = this.#listeners[type] ?? []
    this.#listeners[type] = [...listeners, listener]
  }

  emit(type: string, event: object = {}): void {
    for (const listener of this.#listeners[type] ?? []) listener(event)
  }
}

/** A channel over a scripted port, with what it has heard. */
function scripted(port = new ScriptedPort()) {
  const channel = messagePortChannel(port)
  const heard: string[] = []
  const ends: (Error | undefined)[] = []
  channel.onText((text) => heard.push(text))
  channel.onClose((error) => ends.push(error))
  return { port, channel, heard, ends }
}

function nextTurns(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await nextTurns()
}

describe('messagePortChannel', () => {
  it('carries texts in order, and what was sent before the end', async () => {
    const { ends, heard, ended } = pair()
    for (const text of ['one', 'two', 'three']) ends[0].send(text)
    ends[0].close()
    ends[0].send('too late')
    expect(await Promise.all(ended)).toEqual([undefined, undefined])
    expect(heard).toEqual(['one', 'two', 'three'])
  })

  it('knows how much the other end has not taken', async () => {
    const { ends, heard } = pair()
    ends[0].onText(() => {})
    for (let count = 0; count < 10; count++) ends[0].send('x'.repeat(100_000))
    expect(ends[0].unsent).toBe(1_000_000)
    await until(() => heard.length === 10 && (ends[0].unsent ?? 0) === 0)
    ends[0].close()
  })

  it('hands anything else on as an empty text, which is no message', async () => {
    const { port1, ends, heard } = pair()
    for (const data of [{ type: 'hello' }, true, new Uint8Array(3)]) port1.postMessage(data)
    await until(() => heard.length === 3)
    expect(heard).toEqual(['', '', ''])
    ends[1].close()
  })

  it('believes no number that would make more room than was used', async () => {
    const { port1, ends } = pair()
    const channel = ends[1]
    channel.send('abc')
    for (const number of [-5, Number.NaN, Number.POSITIVE_INFINITY]) {
      port1.postMessage(number)
      await nextTurns()
      expect(channel.unsent).toBeGreaterThanOrEqual(0)
    }
    channel.send('abc')
    expect(channel.unsent).toBe(3)
    channel.close()
  })

  it('says how much was taken once that is much, not after each text', () => {
    const { port } = scripted()
    port.emit('message', { data: 'x'.repeat(65_535) })
    expect(port.sent).toEqual([])
    port.emit('message', { data: 'x' })
    port.emit('message', { data: 'x'.repeat(65_536) })
    expect(port.sent).toEqual([65_536, 65_536])
  })

  it('ends when its port does', () => {
    const { port, ends } = scripted()
    port.emit('close')
    expect(ends).toEqual([undefined])
  })

  it('ends with an error when a message cannot be read', () => {
    const { port, ends } = scripted()
    port.emit('messageerror')
    expect(ends).toMatchObject([
      { code: 'channel-failure', message: 'A message of the port could not be read' },
    ])
  })

  it('says and hears nothing after its end, and ends once, even if the port goes on', () => {
    const { port, channel, heard, ends } = scripted()
    channel.send('last')
    channel.close()
    channel.close()
    channel.send('too late')
    port.emit('message', { data: 'too late' })
    port.emit('messageerror')
    expect([port.sent, heard, ends, channel.unsent]).toEqual([['last', null], [], [undefined], 4])
  })

  it('closes its port once, also one that says so at once', () => {
    let closes = 0
    const port = Object.assign(new ScriptedPort(), {
      close: () => {
        closes++
        port.emit('close')
      },
    })
    const { channel, ends } = scripted(port)
    channel.close()
    channel.close()
    expect([closes, ends]).toEqual([1, [undefined]])
  })

  it('refuses what is no port by name', () => {
    expect(() => messagePortChannel({} as never)).toThrow(/port must be an object with the methods/)
  })
})
