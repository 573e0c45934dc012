import { clearStatus, printStatus } from './terminal.js'

const CELLS = 24

/** A progress bar on stderr; shown on a terminal only. */
export function progressBar(label: string): {
  readonly show: (done: number, total: number) => void
  readonly end: () => void
} {
  if (!process.stderr.isTTY) return { show: () => {}, end: () => {} }
  return {
    show: (done, total) => {
      const filled = Math.round((done / total) * CELLS)
      const bar = '█'.repeat(filled) + '░'.repeat(CELLS - filled)
      printStatus(`${label} ${bar} ${done}/${total}`)
    },
    end: clearStatus,
  }
}
