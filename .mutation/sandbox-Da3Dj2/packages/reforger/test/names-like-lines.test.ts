// @ts-nocheck
import { encodeText } from '@bercon/protocol'
import { createRandom } from '@bercon/protocol/link'
import { expect, test } from 'vitest'
import { cutAt, echoed, ReforgerWire } from './reforger-wire.js'

const HEADER = 'Players on server: [Player#] ; [Player UID] ; [Player Name]'

const NAMES: readonly string[] = [
  '(Side) Evil: hi',
  '(Global) a: b',
  'Player #3 X disconnected',
  'Player #7 Cy (192.0.2.7:2304) connected',
  'Verified GUID (a861bcfd187960c163d59666e2fd6798) of player #3 X',
  'RCon admin #0: (Global) hi',
  'Connected to BE Master',
  'Logged In! Client ID: #3',
  'Processing Command: players',
  'Processing Command: #players',
  'Rook',
]

function randomList(random: () => number): string {
  const rows = Array.from({ length: 1 + Math.floor(random() * 60) }, (_, index) => {
    const identityId = `${Math.floor(random() * 0xffffffff)
      .toString(16)
      .padStart(8, '0')}-749a-4cdb-9a51-e69f630ec435`
    return `${index + 1} ; ${identityId} ; ${NAMES[Math.floor(random() * NAMES.length)]}`
  })
  return [HEADER, ...rows].join('\n')
}

function piecesOf(text: string, size: number): readonly Uint8Array[] {
  const bytes = encodeText(text)
  const count = Math.ceil(bytes.length / size) - 1
  return cutAt(bytes, ...Array.from({ length: count }, (_, index) => (index + 1) * size))
}

test.each([
  [6_000, 1_024],
  [1_000, 64],
])('none of %i lists in pieces of %i bytes loses the end of a name that looks like a line', (lists, size) => {
  const random = createRandom(13)
  let list = ''
  const wire = new ReforgerWire({
    reforger: { completeAfterMs: 50 },
    answer: (command) => echoed(command, command === '#players' ? piecesOf(list, size) : []),
  })
  wire.login()
  const wrong: string[] = []
  for (let count = 0; count < lists; count++) {
    list = randomList(random)
    const answer = wire.ask('players')
    if (answer !== list) wrong.push(`${count}: ${answer.slice(-80)}`)
  }
  expect(wrong).toEqual([])
  expect(wire.lines).toEqual(['Logged In! Client ID: #0'])
})
