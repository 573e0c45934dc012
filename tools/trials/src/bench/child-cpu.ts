import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** In a process of a bench: reports the CPU time used so far whenever the parent asks. */
export function reportCpu(): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send?.((user + system) / 1_000)
  })
}

/** The CPU time that a process with {@link reportCpu} has used, in ms. */
export async function cpuOf(child: ChildProcess): Promise<number> {
  child.send('cpu')
  const [ms] = (await once(child, 'message')) as [number]
  return ms
}
