import { spawn } from 'node:child_process'

/** How a process ended. */
export interface EndedProcess {
  /** What it printed, to both streams. */
  readonly output: string
  readonly code: number | undefined
  readonly ms: number
  /** How long it still ran after it had printed the last of it. */
  readonly lingeredMs: number
  readonly isTooLate: boolean
}

/** Runs a command to its end, or to the end of its time. */
export function runToEnd(command: readonly string[], limitMs: number): Promise<EndedProcess> {
  const [file = '', ...args] = command
  const startedAt = performance.now()
  let spokeAt = startedAt
  let output = ''
  let isTooLate = false
  // A group of its own: npx, the runtime and its workers are ended together.
  const child = spawn(file, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const end = () => killGroup(child.pid)
  const interrupt = () => {
    end()
    process.exit(130)
  }
  process.once('SIGINT', interrupt)
  const limit = setTimeout(() => {
    isTooLate = true
    end()
  }, limitMs)
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
      spokeAt = performance.now()
    })
  return new Promise((resolve) => {
    const settle = (code: number | null) => {
      clearTimeout(limit)
      process.off('SIGINT', interrupt)
      const now = performance.now()
      resolve({ output, code: code ?? undefined, ms: now - startedAt, lingeredMs: now - spokeAt, isTooLate })
    }
    child.on('error', (error) => {
      output += error.message
      settle(null)
    })
    child.on('close', settle)
  })
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody of it is left.
  }
}
