// @ts-nocheck
import type { Front } from './audit/audit-entry.js'

/** What a gateway reports beside its audit. */
export type GatewayEvent =
  /** A user has connected; requests by HTTP with a token of their own are none. */
  | { readonly type: 'login'; readonly user: string; readonly front: Front; readonly from: string }
  /** Somebody has shown a token that nobody has, or none. */
  | { readonly type: 'refused'; readonly front: Front; readonly from: string }
  /** A user's tool does not read what it receives, and loses some of it, or its connection. */
  | { readonly type: 'slow'; readonly user: string; readonly front: Front; readonly from: string }
  | { readonly type: 'error'; readonly error: unknown; readonly during: string }

/** Where all parts of a gateway report. */
export type Report = (event: GatewayEvent) => void

/** A listener that throws stops nothing. */
export function safeReport(onEvent: ((event: GatewayEvent) => void) | undefined): Report {
  return (event) => {
    try {
      onEvent?.(event)
    } catch {
      // There is nobody else to report it to.
    }
  }
}
