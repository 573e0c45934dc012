import { checkNames } from '@bercon/protocol'
import { checkCommand } from '../commands/arguments.js'
import type { CallOptions, Connection } from '../connection/connection.js'
import { type Command, withoutReply } from '../steps.js'
import { CALL_OPTIONS } from './client-base.js'

/**
 * Runs one command over a connection that parses replies itself: one promise in place of a generator and three.
 * Returns `undefined` for a connection that does not.
 */
export function directCommand<T>(
  connection: Connection,
  begin: () => Command<T> & { readonly onNoReply?: () => T },
  options?: CallOptions,
): Promise<T> | undefined {
  if (connection.ask === undefined) return undefined
  try {
    const command = begin()
    checkCommand(command)
    if (options !== undefined) checkNames(options, CALL_OPTIONS)
    const result = connection.ask(command, options)
    const { onNoReply } = command
    return onNoReply === undefined ? result : result.catch((error) => withoutReply(error, onNoReply))
  } catch (error) {
    return Promise.reject(error)
  }
}
