import { readdirSync, readFileSync } from 'node:fs'

// Of Linux, on all machines where Node runs.
const TICKS_PER_SECOND = 100
const FIELD_UTIME = 11
const BYTES_PER_KB = 1_024
const NANOSECONDS = 1e9

/** What a process has used so far: CPU in seconds, time in which it was ready and got none, and memory in MB. */
interface ProcessLoad {
  readonly cpuSeconds: number
  readonly waitedSeconds: number
  readonly megabytes: number
}

function loadOf(pid: number): ProcessLoad {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[FIELD_UTIME]) + Number(fields[FIELD_UTIME + 1])
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return {
    cpuSeconds: ticks / TICKS_PER_SECOND,
    waitedSeconds: waitedSeconds(pid),
    megabytes: Number(kilobytes) / BYTES_PER_KB,
  }
}

function waitedSeconds(pid: number): number {
  const waited = readdirSync(`/proc/${pid}/task`).map((task) => {
    try {
      const [, nanoseconds = '0'] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')
      return Number(nanoseconds) / NANOSECONDS
    } catch {
      // The thread has ended meanwhile, or the kernel does not count.
      return 0
    }
  })
  return waited.reduce((sum, seconds) => sum + seconds, 0)
}

/** CPU in percent of a core, how long they waited for one, likewise, and memory, of some processes over a time. */
export async function measured(
  pids: readonly number[],
  ms: number,
): Promise<{ readonly cpuPercent: number; readonly waitedPercent: number; readonly megabytes: number }> {
  const before = pids.map(loadOf)
  await new Promise((resolve) => setTimeout(resolve, ms))
  const after = pids.map(loadOf)
  const percent = (field: 'cpuSeconds' | 'waitedSeconds') => {
    const seconds = sumOf(after, field) - sumOf(before, field)
    return Math.round((seconds / (ms / 1_000)) * 1_000) / 10
  }
  return {
    cpuPercent: percent('cpuSeconds'),
    waitedPercent: percent('waitedSeconds'),
    megabytes: Math.round(sumOf(after, 'megabytes')),
  }
}

function sumOf(loads: readonly ProcessLoad[], field: keyof ProcessLoad): number {
  return loads.reduce((sum, load) => sum + load[field], 0)
}
