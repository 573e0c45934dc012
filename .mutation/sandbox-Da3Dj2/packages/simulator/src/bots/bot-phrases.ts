// @ts-nocheck
import { type Choices, pick, type Random } from '../world/chance.js'

const ORDINARY_PHRASES: Choices<string> = [
  'hello',
  'anyone near the airfield?',
  'need a medic',
  'gg',
  'when is the restart',
  'nice shot',
  'who has the truck keys',
  'going north',
  'afk 5 min',
  'lag again',
]

/** Chat that is meant to fool a parser; its text is as free as names are. */
const HOSTILE_PHRASES: Choices<string> = [
  '',
  ' ',
  'note: read this: twice',
  'I got disconnected',
  'Player #0 Ann disconnected',
  'RCon admin #0 (192.0.2.1:1) logged in',
  '!kick 0',
  '(Global) Bob: hi',
  'brb  two  spaces ',
  'привет всем',
  '你好，世界',
  '😀🔥',
  '{"text": "json"}',
  '\u202ereversed',
]

export function inventPhrase(random: Random, hostileNames: boolean): string {
  return pick(random, hostileNames && random() < 0.3 ? HOSTILE_PHRASES : ORDINARY_PHRASES)
}
