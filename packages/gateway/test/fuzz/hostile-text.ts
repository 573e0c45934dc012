import type { Random } from '@bercon/server/kit'
import { oneOf } from './fuzz-scene.js'

const STARTS = [
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  ' ',
  '\t',
  '#',
  '@',
  '\0',
  '\ufeff',
  '\u200b',
  'players\0',
  'say -1 x\n',
  '/',
]
const NAMES = [
  'players',
  'Players',
  'say',
  'SAY',
  'kick',
  'kick',
  'ban',
  '#lock',
  'RConPassword',
  'k\u0456ck',
  '\u212aick',
  'loadBans',
  '',
]
const ENDS = [
  '',
  ' ',
  ' -1 hello',
  ' 3',
  '\t3',
  '\0',
  ';ban 3',
  '\r\nban 3',
  ' -1 \u202ex',
  '\ud83d',
  ` -1 ${'x'.repeat(1_400)}`,
]

/** A text that tries to be taken for another command; often an ordinary one. */
export function hostileText(random: Random): string {
  if (random() < 0.05)
    return Array.from({ length: Math.floor(random() * 20) }, () =>
      String.fromCharCode(random() * 65_536),
    ).join('')
  return oneOf(random, STARTS) + oneOf(random, NAMES) + oneOf(random, ENDS)
}
