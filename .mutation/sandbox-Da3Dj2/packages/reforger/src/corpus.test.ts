// @ts-nocheck
import { existsSync, readFileSync } from 'node:fs'
import { parsePlayers } from '@bercon/core'
import { decodeText, encodeText, parseErrorReply } from '@bercon/core/kit'
import { describe, expect, test } from 'vitest'
import {
  joinChunks,
  parseActionOutput,
  parseBanListOutput,
  parsePlayersOutput,
  parseReforgerMessage,
} from './index.js'

// Lines from captures and other clients. They are beside the repository, if they exist.
const CORPUS = new URL('../../../../shared/corpus/corpus.jsonl', import.meta.url)

interface Entry {
  readonly id: string
  readonly kind: 'message' | 'response'
  readonly game: string
  readonly command: string | null
  readonly text: string
  readonly chunks?: readonly string[]
  readonly expect: Readonly<Record<string, unknown>> & { readonly type: string }
}

function textOf({ text, chunks }: Entry): string {
  return chunks === undefined ? text : decodeText(joinChunks(chunks.map(encodeText)))
}

function parse(entry: Entry): object | undefined {
  const text = textOf(entry)
  if (entry.kind === 'response') return parseErrorReply(text) ?? parsePlayers(text)
  const { type, command } = entry.expect
  if (type !== 'reforger_output') return parseReforgerMessage(text)
  if (String(command).startsWith('#players')) return parsePlayersOutput(text)
  return parseActionOutput(text) ?? parseBanListOutput(text)
}

const TYPES: Readonly<Record<string, string>> = {
  reforger_login: 'reforgerLogin',
  reforger_processing: 'reforgerProcessing',
  player_connected: 'playerConnect',
  player_kicked: 'playerKick',
}

// The corpus's remarks about its entries or the question, not about the text.
const REMARKS = ['hint', 'lenient', 'truncated', 'outputFollows']

function expected({ expect: { type, command, ...fields } }: Entry): object {
  const known = Object.entries(fields).filter(([name, value]) => value !== null && !REMARKS.includes(name))
  const ofEcho = type === 'reforger_processing' ? { command } : {}
  const typed = type === 'reforger_output' ? {} : { type: TYPES[type] ?? type }
  return { ...typed, ...ofEcho, ...Object.fromEntries(known) }
}

function readCorpus(): readonly Entry[] {
  return readFileSync(CORPUS, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Entry => JSON.parse(line))
    .filter(({ game, expect: { type } }) => game === 'reforger' || type.startsWith('reforger_'))
}

if (existsSync(CORPUS)) {
  const entries = readCorpus()

  describe("Reforger's lines of the corpus", () => {
    test('exist', () => {
      expect(entries.length).toBeGreaterThan(30)
    })

    // An empty response is not a text: it means that the output follows.
    const texts = entries.filter(({ text }) => text !== '')
    test.each(texts.map((entry) => [entry.id, entry] as const))('%s is parsed as expected', (_id, entry) => {
      expect(parse(entry)).toMatchObject(expected(entry))
    })
  })
} else {
  test('the corpus is not beside this repository, so only our own fixtures are tested', () => {
    console.warn(`no corpus at ${CORPUS.pathname}`)
    expect(parseReforgerMessage('Logged In! Client ID: #0').type).toBe('reforgerLogin')
  })
}
