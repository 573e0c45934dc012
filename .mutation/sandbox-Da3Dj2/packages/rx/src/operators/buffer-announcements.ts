// @ts-nocheck
import { checkNumber, MAX_COMMAND_BYTES } from '@bercon/core/kit'
import {
  asyncScheduler,
  buffer,
  connect,
  exhaustMap,
  type MonoTypeOperatorFunction,
  mergeMap,
  type SchedulerLike,
  timer,
} from 'rxjs'
import { packedTexts } from './packed-texts.js'
import { checkInterval } from './poll-players.js'

/** The longest text that `say -1` can say, in bytes of UTF-8 (W8). */
export const MAX_ANNOUNCEMENT_BYTES: number = MAX_COMMAND_BYTES - 'say -1 '.length

// The longest character of UTF-8.
const LEAST_BYTES = 4

/**
 * Joins texts that arrive close together with ` | ` into as few as they fit; send them with `concatMap` to keep their
 * order. The first text opens a window of `windowMs`; when it ends, or the source completes, its texts are emitted, in
 * order. A text that is too long by itself is cut. All texts of one window are held, without limit; they are dropped
 * only if the source fails.
 *
 * @param windowMs - at least 0.
 * @param maxBytes - of UTF-8, for each emitted text; from 4 to 1384.
 * @throws {@link InvalidArgumentError} naming the argument.
 * @example
 * ```ts
 * import { bufferAnnouncements } from '@bercon/rx'
 * import { of } from 'rxjs'
 *
 * of('restart in 5', 'save your gear').pipe(bufferAnnouncements(500)).subscribe(console.log)
 * // restart in 5 | save your gear
 * ```
 */
export function bufferAnnouncements(
  windowMs: number,
  maxBytes: number = MAX_ANNOUNCEMENT_BYTES,
  scheduler: SchedulerLike = asyncScheduler,
): MonoTypeOperatorFunction<string> {
  checkInterval('windowMs', windowMs, 0)
  checkNumber('maxBytes', maxBytes, { min: LEAST_BYTES, max: MAX_ANNOUNCEMENT_BYTES, integer: true })
  return connect((text$) => {
    const windowEnd$ = text$.pipe(exhaustMap(() => timer(windowMs, scheduler)))
    return text$.pipe(
      buffer(windowEnd$),
      mergeMap((texts) => packedTexts(texts, maxBytes)),
    )
  })
}
