import { readFileSync } from 'node:fs'

// Of Linux, on all machines where Node runs.
const TICKS_PER_SECOND = 100
const FIELD_UTIME = 11
const BYTES_PER_KB = 1_024

/** What a process has used so far: CPU in seconds, and memory in MB. */
interface ProcessLoad {
  readonly cpuSeconds: number
  readonly megabytes: number
}

function loadOf(pid: number): ProcessLoad {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[FIELD_UTIME]) + Number(fields[FIELD_UTIME + 1])
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return { cpuSeconds: ticks / TICKS_PER_SECOND, megabytes: Number(kilobytes) / BYTES_PER_KB }
}

/** CPU in percent of a core, and memory, of some processes over a time. */
export async function measured(
  pids: readonly number[],
  ms: number,
): Promise<{ readonly cpuPercent: number; readonly megabytes: number }> {
  const before = pids.map(loadOf)
  await new Promise((resolve) => setTimeout(resolve, ms))
  const after = pids.map(loadOf)
  const seconds = after.reduce(
    (sum, { cpuSeconds }, index) => sum + cpuSeconds - (before[index]?.cpuSeconds ?? 0),
    0,
  )
  return {
    cpuPercent: Math.round((seconds / (ms / 1_000)) * 1_000) / 10,
    megabytes: Math.round(after.reduce((sum, { megabytes }) => sum + megabytes, 0)),
  }
}
