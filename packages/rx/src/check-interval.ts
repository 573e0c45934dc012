import { checkNumber } from '@bercon/core'

// What a timer of Node's can wait; one that is asked for longer would fire at once.
const LONGEST_MS = 2 ** 31 - 1

/** @throws {@link InvalidArgumentError} for what is no time in ms that a timer can wait. */
export function checkInterval(name: string, value: unknown, min: number): void {
  checkNumber(name, value, { min, max: LONGEST_MS })
}
