import { encodeText } from '@bercon/protocol'
import { judge, unseen, wrong } from '../case.js'
import { framed } from '../framed.js'
import { type ClientCase, inWords } from './client-world.js'
import { type CommandFromClient, echo } from './fake-server.js'
import { answered, isReply } from './replies.js'

const TEXT = 'one two three four'
const PIECES = ['one ', 'two ', 'three ', 'four']
const MOST_PARTS = 255
const PART_TEXT = 'x'.repeat(1_000)

/** P6, W4, W5, W14 and defect 3: replies in parts. */
export const PART_CASES: readonly ClientCase[] = [
  answered('parts', 'P6', 'A reply in parts is joined', TEXT, ({ sequence }, { server }) => {
    for (const [index, text] of PIECES.entries()) server.part(sequence, 4, index, text)
  }),
  answered(
    'parts-out-of-order',
    'W4',
    'Parts are joined by their number',
    TEXT,
    ({ sequence }, { server }) => {
      for (const index of [3, 1, 0, 2]) server.part(sequence, 4, index, PIECES[index] as string)
    },
  ),
  answered(
    'parts-repeated',
    'W4',
    'A part that comes twice counts once',
    TEXT,
    ({ sequence }, { server }) => {
      for (const index of [0, 0, 1, 1, 2, 0, 2, 3, 3])
        server.part(sequence, 4, index, PIECES[index] as string)
    },
  ),
  answered('part-of-one', 'P6', 'A reply of one part is a reply', 'alone', ({ sequence }, { server }) =>
    server.part(sequence, 1, 0, 'alone'),
  ),
  answered(
    'part-index',
    'defect 3',
    'A part with an impossible number does no harm',
    TEXT,
    ({ sequence }, { server }) => {
      for (const [total, index] of [
        [4, 4],
        [4, 255],
        [0, 0],
      ] as const)
        server.send(framed(Uint8Array.of(1, sequence, 0, total, index, ...encodeText('bad'))))
      for (const [index, text] of PIECES.entries()) server.part(sequence, 4, index, text)
    },
  ),
  answered(
    'cut-character',
    'W5',
    'A character that is cut between two parts is joined',
    'né ✓',
    ({ sequence }, { server }) => {
      const bytes = encodeText('né ✓')
      for (let index = 0; index < bytes.length; index++)
        server.part(sequence, bytes.length, index, bytes.slice(index, index + 1))
    },
  ),
  answered(
    'part-of-another',
    'W4',
    'A late part of an earlier reply is not joined',
    TEXT,
    ({ sequence }, { server }) => {
      server.part(sequence, 4, 0, PIECES[0] as string)
      for (const other of [255, 254, 1]) server.part((sequence + other) & 0xff, 4, 1, 'late')
      for (const index of [1, 2, 3]) server.part(sequence, 4, index, PIECES[index] as string)
    },
  ),
  answered(
    'parts-255',
    'W14',
    'A reply of 255 parts of 1,000 bytes is joined',
    PART_TEXT.repeat(MOST_PARTS),
    ({ sequence }, { server, clock }) => {
      // In bursts, because a usual receive buffer holds some ninety.
      for (let index = 0; index < MOST_PARTS; index++)
        clock.setTimer(() => server.part(sequence, MOST_PARTS, index, PART_TEXT), Math.floor(index / 16) * 10)
    },
  ),
  incomplete('last-part-missing', 'A reply without its last part is no reply', [0, 1, 2]),
  incomplete('first-part-missing', 'A reply without its first part is no reply', [1, 2, 3]),
  {
    id: 'parts-interleaved',
    rule: 'P6',
    level: 'must',
    title: 'Parts of two replies can mix',
    right: 'joins each by its sequence',
    needs: 'concurrency',
    async run(world) {
      await world.loggedIn()
      const { server } = world
      const waiting: CommandFromClient[] = []
      server.onCommand = (command) => {
        if (!['a', 'b'].includes(command.text)) server.reply(command.sequence, '')
        else if (!waiting.some(({ text }) => text === command.text)) waiting.push(command)
        if (waiting.length < 2) return
        for (const index of [0, 1, 2])
          for (const { sequence, text } of waiting) server.part(sequence, 3, index, `${text}${index}`)
      }
      const outcomes = await Promise.all(['a', 'b'].map((text) => world.ask(text)))
      if (waiting.length < 2) return unseen('sends one command at a time')
      const [a, b] = outcomes
      if (!isReply(a, 'a0a1a2')) return wrong(`${inWords(a)} for the first`)
      return judge(isReply(b, 'b0b1b2'), 'joined both', `${inWords(b)} for the second`)
    },
  },
]

function incomplete(id: string, title: string, indexes: readonly number[]): ClientCase {
  return {
    id,
    rule: 'defect 3',
    level: 'must',
    title,
    right: 'reports no reply, sends the command again or reports a failure',
    async run(world) {
      await world.loggedIn()
      const { server } = world
      server.onCommand = ({ sequence, text }) => {
        if (text !== 'question') server.reply(sequence, text === '' ? '' : echo(text))
        else for (const index of indexes) server.part(sequence, 4, index, PIECES[index] as string)
      }
      const outcome = await world.ask('question', { ms: 5_000 })
      return judge(outcome?.report !== 'reply', 'reported no reply', inWords(outcome))
    },
  }
}
