import fc from 'fast-check'

// What stands before, in and after names where somebody wants a command to be taken for another.
const BEFORE = [
  '',
  '',
  '',
  ' ',
  '\t',
  '\0',
  '#',
  '@',
  '##',
  '\ufeff',
  '\u00a0',
  '\u200b',
  'players\0',
  'players\n',
  '/',
]
const NAMES = [
  'players',
  'players',
  'players',
  'say',
  'say',
  'kick',
  '#lock',
  'kick',
  'ban',
  '#shutdown',
  'RConPassword',
  'removeBan',
  'k\u0456ck',
  '\u212aick',
  '\u017fay',
  '\uff53ay',
  'sa\u200by',
  'players;kick',
  '',
]
const AFTER = ['', ' ', ' ', ' ', ' ', ' ', '\t', '\0', '\r\n', '\u00a0', ';', ',', ' -1 ', '-1', ' \0']
const ARGUMENTS = [
  '',
  '3',
  '-1 hello',
  '-1 \u202ekick',
  'x\0kick 3',
  'x\nkick 3',
  '\ud83d',
  'x'.repeat(1_400),
]

function anyCase(name: string): fc.Arbitrary<string> {
  return fc.constantFrom(
    name,
    name.toUpperCase(),
    name.toLowerCase(),
    name.replace(/^(#?)(.)/, (_, hash, letter) => hash + letter.toUpperCase()),
  )
}

/** Texts that try to be taken for what they are not; some are ordinary commands. */
export const hostileCommands: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...BEFORE),
      fc.constantFrom(...NAMES).chain(anyCase),
      fc.constantFrom(...AFTER),
      fc.constantFrom(...ARGUMENTS),
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 30 }),
)

/** The names that a command could have for servers that read in different ways: one stops at NUL, another trims more. */
export function namesThatServersMayRead(text: string): readonly string[] {
  const toNul = text.split('\0', 1)[0] as string
  return [text, toNul, text.normalize('NFKC')]
    .flatMap((read) => [
      read.split(' ', 1)[0] as string,
      read.trim().split(/\s/, 1)[0] as string,
      /[#@]*[a-z]*/i.exec(read.trimStart())?.[0] ?? '',
    ])
    .map((name) => name.toLowerCase())
}
