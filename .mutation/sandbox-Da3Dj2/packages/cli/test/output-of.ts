// @ts-nocheck
import { onTestFinished, vi } from 'vitest'

/** The result of a command within this process. */
export interface Output {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface OutputOptions {
  /** Called after each write to standard output, with all of it so far, and a function that interrupts the command. */
  readonly onWritten?: (stdout: string, interrupt: () => void) => void
}

/** Runs a command within this process, which takes a fraction of the time of a new one. */
export async function outputOf(
  command: (signal: AbortSignal) => Promise<number>,
  { onWritten }: OutputOptions = {},
): Promise<Output> {
  let stdout = ''
  let stderr = ''
  const interruption = new AbortController()
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += text
    onWritten?.(stdout, () => interruption.abort())
    return true
  })
  const note = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += text
    return true
  })
  try {
    const code = await command(interruption.signal)
    return { code, stdout, stderr }
  } finally {
    write.mockRestore()
    note.mockRestore()
  }
}

/** Makes this process believe until the test ends that both its streams are a terminal without colors. */
export function pretendTerminal(locale: string): void {
  const streams = [process.stdout, process.stderr]
  const were = streams.map(({ isTTY }) => isTTY)
  for (const stream of streams) Object.assign(stream, { isTTY: true })
  vi.stubEnv('LC_ALL', locale)
  vi.stubEnv('NO_COLOR', '1')
  onTestFinished(() => {
    for (const [index, stream] of streams.entries()) Object.assign(stream, { isTTY: were[index] })
    vi.unstubAllEnvs()
  })
}
