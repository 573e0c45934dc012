import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import pMap from 'p-map'
import { ROOT } from '../../workspace.js'

/** A command line that fails, as a reader would type it, and what else has to be so. */
export interface CommandRun {
  readonly line: string
  /** The circumstances, such as `there is no config file`. */
  readonly when?: string
  readonly input?: string
  /** Settings that the line does not show, such as those with which it finds its server. */
  readonly env?: Readonly<Record<string, string>>
}

/** How a command line failed. */
export interface CommandFailure extends Pick<CommandRun, 'line' | 'when'> {
  /** The sentence on standard error, without the name of the program. */
  readonly message: string
  readonly code: number | null
}

/** The programs by name, and the files that start them. */
const PROGRAMS: Readonly<Record<string, string>> = {
  bercon: 'packages/cli/dist/bin.cjs',
  'bercon-gateway': 'packages/gateway/dist/bin.js',
  'bercon-fleet': 'packages/fleet/dist/bin.js',
  'bercon-conformance': 'packages/conformance/dist/bin.js',
}

const AT_ONCE = 4

/** Runs each command line in a process of its own, in a folder with the files, beside the others. */
export async function runAll(
  runs: readonly CommandRun[],
  files: Readonly<Record<string, string>>,
): Promise<readonly CommandFailure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'errors-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content, { mode: 0o600 })
  }
  try {
    return await pMap(runs, (run) => failureOf(run, folder), { concurrency: AT_ONCE })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function failureOf(
  { line, when, input = '', env }: CommandRun,
  folder: string,
): Promise<CommandFailure> {
  const words = [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word)
  const start = words.findIndex((word) => word in PROGRAMS)
  const settings = words.slice(0, start).map((word) => word.split('=', 2))
  const program = words[start] ?? ''
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [join(ROOT, PROGRAMS[program] ?? ''), ...words.slice(start + 1)], {
    cwd: folder,
    env: { PATH, NO_COLOR: '1', XDG_CONFIG_HOME: 'home', ...env, ...Object.fromEntries(settings) },
  })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [said, , code] = await Promise.all([text(child.stderr), text(child.stdout), ended])
  if (code === 0 || said === '') throw new Error(`${line} did not fail: ${code} ${said}`)
  return { line, message: sentenceOf(said, program), code, ...(when !== undefined && { when }) }
}

// `bercon` warns before it fails; the others show their usage after the sentence.
function sentenceOf(said: string, program: string): string {
  const lines = said.trim().split('\n')
  const line = (program === 'bercon' ? lines.at(-1) : lines[0]) ?? ''
  return line.replace(`${program}: `, '')
}
