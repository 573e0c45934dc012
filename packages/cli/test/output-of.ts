import { vi } from 'vitest'

/** What a command came to within this process. */
export interface Output {
  readonly code: number
  readonly stdout: string
}

/** Carries a command out within this process, which takes a fraction of the time of a new one. */
export async function outputOf(command: (signal: AbortSignal) => Promise<number>): Promise<Output> {
  let stdout = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += text
    return true
  })
  const note = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    return { code: await command(new AbortController().signal), stdout }
  } finally {
    write.mockRestore()
    note.mockRestore()
  }
}
