import { Subject } from 'rxjs'
import { Problem, problemOf } from './problem.js'

/** Emits when the gateway refuses the cookie, whichever view has asked. */
export const unauthorized$: Subject<void> = new Subject<void>()

/** The address of something that the gateway serves, which served this page too. */
export function addressOf(path: string): URL {
  return new URL(path, document.baseURI)
}

/**
 * Sends a request with the session's cookie and returns the JSON of the answer.
 *
 * @throws {@link Problem} for an answer that is not OK, and for none.
 */
export async function request<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(addressOf(path), { credentials: 'same-origin', ...init }).catch(() => {
    throw new Problem('The gateway does not answer. Check that it runs, then try again.', 0)
  })
  if (response.status === 401) unauthorized$.next()
  if (!response.ok) throw await problemOf(response)
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T)
}

/** Sends JSON. @throws {@link Problem} as {@link request} does. */
export function send<T>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  return request<T>(path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}
