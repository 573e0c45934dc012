import { createInterface } from 'node:readline'
import type { ClientOrder, ClientReport } from '@bercon/conformance'

/** The orders of the kit, one a line of standard input. */
export async function* orders(): AsyncGenerator<ClientOrder> {
  for await (const line of createInterface({ input: process.stdin })) yield JSON.parse(line)
}

/** Sends a report to the kit: one line of standard output. */
export function send(report: ClientReport): void {
  process.stdout.write(`${JSON.stringify(report)}\n`)
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
