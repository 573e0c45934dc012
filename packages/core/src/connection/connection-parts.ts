import type { Clock } from '../clock.js'
import type { Transport } from '../transport.js'
import type { Dialect } from './dialect.js'

/** What a connection is made of. */
export interface ConnectionParts {
  readonly transport: Transport
  readonly clock: Clock
  /** @default battleye */
  readonly dialect?: Dialect | undefined
  /** Numbers from 0 up to 1, for the jitter of reconnects. @default Math.random */
  readonly random?: (() => number) | undefined
}
