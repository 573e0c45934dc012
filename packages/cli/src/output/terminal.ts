import { variable } from '../settings/environment.js'

/** How wide output may be: the terminal's width, `COLUMNS` where there is none, else without bound. */
export function terminalWidth(): number {
  const columns = process.stdout.columns ?? Number(variable('COLUMNS'))
  return Number.isInteger(columns) && columns > 0 ? columns : Number.POSITIVE_INFINITY
}
