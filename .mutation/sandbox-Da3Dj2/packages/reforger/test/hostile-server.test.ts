// @ts-nocheck
import { encodeText } from '@bercon/protocol'
import { createRandom } from '@bercon/protocol/link'
import { expect, test } from 'vitest'
import { cutAt, playerList, ReforgerWire, type Said } from './reforger-wire.js'

const COMMANDS = ['players', '#players', '#kick 3', '#ban list', '#quiet', 'players x']
const LINES = [
  ...COMMANDS.map((command) => `Processing Command: ${command}`),
  ...['Processing Command: ', 'Logged In! Client ID: #3', '(Side) Ann: hi', 'Player #3 X disconnected', ''],
  ...["Player 'Ann' kicked!", 'Processing ban list', 'Server has no bans to list.', 'unknown command', 'x\n'],
  ...['Players on server:', `1 ; ${'x'.repeat(1_020)}`, playerList(3)],
]

/** A server that sends anything, in any order and at any time, and sometimes the right thing. */
class Whim {
  readonly #random: () => number

  constructor(seed: number) {
    this.#random = createRandom(seed)
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit)
  }

  one<T>(of: readonly T[]): T {
    return of[this.below(of.length)] as T
  }

  says(command: string): readonly Said[] {
    const list = encodeText(playerList(40))
    const whole = this.below(2) > 0 ? cutAt(list, 1_000, 2_000) : [encodeText(this.one(LINES))]
    const echo = encodeText(`Processing Command: ${command}`)
    const right = this.below(4) > 0 ? [echo, ...whole] : []
    const wrong = Array.from({ length: this.below(5) }, () => encodeText(this.one(LINES)))
    return [...wrong, ...right].map((bytes) => ({ afterMs: this.below(3_000), bytes }))
  }
}

test.each([1, 201, 401, 601])(
  'whatever a server says, every command is answered once, over 200 seeds from %i on',
  (first) => {
    const unanswered: string[] = []
    for (let seed = first; seed < first + 200; seed++) {
      const whim = new Whim(seed)
      const wire = new ReforgerWire({
        link: {
          seed,
          loss: whim.one([0, 0.1, 0.3]),
          minDelayMs: 5,
          maxDelayMs: whim.one([5, 400]),
          reorder: 0.1,
        },
        reforger: { completeAfterMs: whim.one([50, 1_000, 20_000]), verifyEnd: whim.below(4) > 0 },
        session: { maxReplyBytes: whim.one([3_000, 1_000_000]) },
        answer: (command) => whim.says(command),
        reply: () => (whim.below(10) > 0 ? '' : whim.one(LINES)),
        greeting: whim.one([null, 'Logged In! Client ID: #0', 'Processing Command: #players']),
      })
      wire.login()
      const ids: number[] = []
      for (let call = 0; call < 5; call++) {
        const id = wire.send(whim.one(COMMANDS), { resend: whim.below(2) > 0, verifyEnd: whim.below(2) > 0 })
        ids.push(id)
        wire.run(wire.now + whim.below(5_000))
        if (whim.below(6) === 0) wire.client.cancel(whim.one(ids), wire.now)
      }
      wire.run(wire.now + whim.below(60_000))
      wire.client.close(wire.now)
      wire.run(wire.now)
      const missing = ids.filter((id) => !wire.answers.has(id))
      if (missing.length > 0 || wire.client.nextTimeout() !== undefined)
        unanswered.push(`${seed}: ${missing}`)
    }
    expect(unanswered).toEqual([])
  },
)
