import { checkNumber } from './check-options.js'

const TIME = { min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }

/** @throws {@link InvalidArgumentError} for a time that is no number, or so great that a millisecond more is the same. */
export function checkTime(now: number): void {
  checkNumber('now', now, TIME)
}
