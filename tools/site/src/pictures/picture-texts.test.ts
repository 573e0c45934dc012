import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CONNECTION_MOVES } from '@bercon/core/kit'
import { CLIENT_MOVES, SERVER_MOVES } from '@bercon/protocol'
import { expect, it } from 'vitest'
import { exchange } from './exchange.js'
import { messagePath } from './message-path.js'
import type { Step } from './sequence-diagram.js'
import type { Moves } from './state-diagram.js'

const root = new URL('../../../../', import.meta.url)
const FENCE = /^(```picture (\S+) [^\n]+\n).*?\n```$/gms

/** The text in a picture's fence, for readers of the file itself. */
const TEXTS = new Map([
  ['client-states', statesAsText(CLIENT_MOVES)],
  ['server-states', statesAsText(SERVER_MOVES)],
  ['connection-states', statesAsText(CONNECTION_MOVES)],
  ['exchange', stepsAsText(exchange())],
  ['message-path', stepsAsText(await messagePath())],
])

it.each(['docs/states.md', 'docs/reliability.md', 'ARCHITECTURE.md'])(
  'the pictures of %s can be read as text; after a change, update it with -u',
  async (page) => {
    const text = readFileSync(new URL(page, root), 'utf8')
    expect(text.match(FENCE)).not.toBeNull()
    const current = text.replace(FENCE, (fence, opening, name) =>
      TEXTS.has(name) ? `${opening}${TEXTS.get(name)}\n\`\`\`` : fence,
    )
    await expect(current).toMatchFileSnapshot(fileURLToPath(new URL(page, root)))
  },
)

function statesAsText(moves: Moves): string {
  const width = Math.max(...Object.keys(moves).map(({ length }) => length)) + 2
  return Object.entries(moves)
    .flatMap(([state, out]) => {
      const lines = Object.entries(out).map(([move, next]) => `── ${move} → ${next}`)
      return (lines.length === 0 ? ['(end)'] : lines).map((line, index) =>
        (index === 0 ? state : '').padEnd(width).concat(line),
      )
    })
    .join('\n')
}

function stepsAsText(steps: readonly Step[]): string {
  const width = Math.max(...steps.map(({ from, to }) => `${from} → ${to}`.length)) + 2
  return steps
    .map(({ from, to, label, at, isLost }) => {
      const time = at === undefined ? '' : `${Math.round(at)} ms`.padStart(9).concat('  ')
      return `${time}${`${from} → ${to}`.padEnd(width)}${label}${isLost === true ? '  (lost)' : ''}`
    })
    .join('\n')
}
