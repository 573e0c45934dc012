import { ANY_DURATION, checkNumber } from '@bercon/protocol'
import type { ClientClock } from '../clock.js'
import type { CallOptions } from '../connection/connection.js'
import type { CommandRequest } from '../steps.js'

/** An exchange for the requests of one operation, all of which have one deadline: `timeoutMs` from now on. */
export function untilDeadline<Reply>(
  connection: { exchange(request: CommandRequest, options?: CallOptions): Reply },
  clock: ClientClock,
  options: CallOptions = {},
): (request: CommandRequest) => Reply {
  const { signal, timeoutMs } = options
  if (timeoutMs === undefined) return (request) => connection.exchange(request, options)
  const deadline = clock.now() + timeoutMs
  return (request) => {
    checkNumber('timeoutMs', timeoutMs, ANY_DURATION)
    return connection.exchange(request, { signal, timeoutMs: Math.max(0, deadline - clock.now()) })
  }
}
