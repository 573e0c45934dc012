import { failuresOfBercon } from './commands/bercon.js'
import { type CommandFailure, runAll } from './commands/command-run.js'
import { FILES, OTHERS } from './commands/others.js'
import { markdownText } from './provocation.js'

/** What a program's exit code means, as its help says. */
const MEANINGS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  bercon: {
    1: 'the command line or a setting is wrong',
    2: 'the server refused the password',
    3: 'nobody answers',
    4: 'the server does not know the command, or does not allow it',
    5: 'timed out: what came of it is not known',
    6: 'the reply was incomplete, or another than expected',
    7: 'nobody has that name, number or ban, or several have',
  },
  'bercon-gateway': { 2: 'the command line or the file is wrong' },
  'bercon-fleet': { 2: 'the command line or the file is wrong' },
  'bercon-conformance': { 2: 'the command line is wrong' },
}

/** How command lines fail, by program. */
export type FailuresByProgram = ReadonlyMap<string, readonly CommandFailure[]>

export async function failEveryCommand(): Promise<FailuresByProgram> {
  const failures = new Map([['bercon', await failuresOfBercon()]])
  for (const [program, runs] of Object.entries(OTHERS)) failures.set(program, await runAll(runs, FILES))
  return failures
}

/** The part of `docs/errors.md` about the programs: what they print, by exit code. */
export function commandSections(failures: FailuresByProgram): string {
  return [...failures]
    .flatMap(([program, all]) => [`### \`${program}\``, ...byCode(program, all)])
    .join('\n\n')
}

function byCode(program: string, all: readonly CommandFailure[]): readonly string[] {
  const meanings = Object.entries(MEANINGS[program] ?? {})
  const strays = all.filter(({ code }) => !meanings.some(([known]) => Number(known) === code))
  if (strays.length > 0) throw new Error(`${program}: no exit code of the page: ${JSON.stringify(strays)}`)
  return meanings.flatMap(([code, meaning]) => {
    const found = all.filter((failure) => failure.code === Number(code))
    return [`**Exit code ${code}**: ${meaning}`, found.map(shown).join('\n')]
  })
}

function shown({ line, when, message }: CommandFailure): string {
  const typed = line.replaceAll('\n', '\\n')
  return `- \`${typed}\`${when === undefined ? '' : `, when ${when}`}\n  > ${markdownText(message)}`
}
