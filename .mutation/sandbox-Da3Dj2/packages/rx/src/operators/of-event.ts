// @ts-nocheck
import type { RconEvents } from '@bercon/core'
import { filter, type Observable } from 'rxjs'

/**
 * Keeps the events with one of the names, with their own type.
 *
 * @example
 * ```ts
 * import { ofEvent, RxRconClient } from '@bercon/rx'
 *
 * const client = new RxRconClient()
 * client.messages$.pipe(ofEvent('playerKick')).subscribe(({ name, reason }) => console.log(name, reason))
 * client.close()
 * ```
 */
export function ofEvent<Name extends keyof RconEvents>(
  ...names: readonly Name[]
): <Event extends { readonly type: string }>(
  source: Observable<Event>,
) => Observable<Extract<Event, { readonly type: Name }>> {
  const wanted: ReadonlySet<string> = new Set(names)
  return <Event extends { readonly type: string }>(source: Observable<Event>) =>
    source.pipe(filter((event): event is Extract<Event, { readonly type: Name }> => wanted.has(event.type)))
}
