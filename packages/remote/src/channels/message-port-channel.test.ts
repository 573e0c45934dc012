import { describe, expect, it } from 'vitest'
import { messagePortChannel } from './message-port-channel.js'

/** Two channels over the ports of one, with what each has heard. */
function pair() {
  const { port1, port2 } = new MessageChannel()
  const ends = [messagePortChannel(port1), messagePortChannel(port2)] as const
  const heard: string[] = []
  const ended = ends.map((end) => new Promise<Error | undefined>((resolve) => end.onClose(resolve)))
  ends[1].onText((text) => heard.push(text))
  return { port1, port2, ends, heard, ended }
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

  it('refuses what is no port by name', () => {
    expect(() => messagePortChannel({} as never)).toThrow(/port must be an object with the methods/)
  })
})
