import { checkNumber } from '@bercon/protocol'
import type { Clock } from '../clock.js'
import type { CallOptions, Connection } from '../connection/connection.js'
import { performAsync, type Steps } from '../steps.js'

/** Carries an operation out over a connection; `timeoutMs` is one deadline for all the commands that it takes. */
export function performOver<T>(
  connection: Connection,
  clock: Clock,
  begin: () => Steps<T>,
  options: CallOptions,
): Promise<T> {
  const { signal, timeoutMs } = options
  if (timeoutMs === undefined) return performAsync(begin, (request) => connection.exchange(request, options))
  const deadline = clock.now() + timeoutMs
  const checked = () => {
    checkNumber('timeoutMs', timeoutMs, { min: 0, max: Number.POSITIVE_INFINITY })
    return begin()
  }
  return performAsync(checked, (request) =>
    connection.exchange(request, { signal, timeoutMs: Math.max(0, deadline - clock.now()) }),
  )
}
