// @ts-nocheck
import { RconError } from '@bercon/core'

/** The error of a channel that broke, could not be opened, or carried what the protocol does not allow. */
export function channelError(message: string, cause?: unknown): RconError {
  return new RconError('channel-failure', message, cause === undefined ? undefined : { cause })
}

/** As an error, whatever was thrown. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : channelError(String(thrown))
}
