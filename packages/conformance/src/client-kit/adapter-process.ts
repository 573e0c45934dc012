import { type ChildProcess, spawn } from 'node:child_process'
import { type ClientReport, readReport, type StartClient } from './adapter.js'

// The longest reply of a case has 255,000 characters; JSON writes one in six at most.
const MOST_CHARACTERS = 4 * 1024 * 1024
const MOST_REPORTS = 100_000
const HAS_GROUPS = process.platform !== 'win32'

/**
 * Starts an adapter's command anew for each case; its standard error goes to the kit's. What the command has started
 * itself, as a script or `npx` does, ends with it.
 */
export function adapterProcess(command: string, args: readonly string[]): StartClient {
  const running = new Set<ChildProcess>()
  process.once('exit', () => running.forEach(kill))
  return (onReport) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], detached: HAS_GROUPS })
    running.add(child)
    let isEnding = false
    const end = () => {
      isEnding = true
      kill(child)
      running.delete(child)
    }
    const report = (each: ClientReport) => {
      if (isEnding) return
      onReport(each)
      if (each.report === 'broken') end()
    }
    // An adapter that ends early closes the pipe while orders are on their way.
    child.stdin.on('error', () => {})
    child.on('error', (error) => report({ report: 'broken', reason: `cannot be started: ${error.message}` }))
    const lines = new ReportLines(report)
    child.stdout.setEncoding('utf8').on('data', (text: string) => isEnding || lines.take(text))
    // Not at "exit": the last reports can still be in the pipe.
    child.on('close', (code, signal) => {
      lines.take('\n')
      report({ report: 'broken', reason: `ended by itself (${signal ?? `code ${code}`})` })
    })
    return { send: (order) => void child.stdin.write(`${JSON.stringify(order)}\n`), end }
  }
}

/** Ends a process with all of its group, and lets go of its pipes, which others may hold open. */
function kill(child: ChildProcess): void {
  try {
    if (HAS_GROUPS && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    else child.kill('SIGKILL')
  } catch {
    // It has ended already.
  }
  child.stdin?.destroy()
  child.stdout?.destroy()
}

/** Reads an adapter's reports, and no more than a case can need. */
class ReportLines {
  readonly #onReport: (report: ClientReport) => void
  #rest = ''
  #count = 0

  constructor(onReport: (report: ClientReport) => void) {
    this.#onReport = onReport
  }

  take(text: string): void {
    const lines = `${this.#rest}${text}`.split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.trim() === '') continue
      this.#count++
      this.#onReport(
        this.#count > MOST_REPORTS ? broken(`printed more than ${MOST_REPORTS} reports`) : readReport(line),
      )
    }
    if (this.#rest.length > MOST_CHARACTERS) {
      this.#rest = ''
      this.#onReport(broken(`printed a line of more than ${MOST_CHARACTERS} characters`))
    }
  }
}

function broken(reason: string): ClientReport {
  return { report: 'broken', reason }
}
