import { BehaviorSubject, exhaustMap, filter, type Subscription, timer } from 'rxjs'
import { request, send, unauthorized$ } from './http.js'
import { Problem, sentenceOf } from './problem.js'

const CHECK_MS = 5_000

/** Who is signed in, as the gateway says. The token itself is in a cookie that no script can read. */
export interface Session {
  readonly user: string
  readonly role: string
  /** What to offer; the gateway refuses anything else, whatever is offered. */
  readonly may: {
    readonly audit: boolean
    /** Commands in a minute; `null` without a limit. */
    readonly perMinute: number | null
    readonly servers: readonly { readonly name: string; readonly game: Game }[]
    /** Names of commands; `*` is every command. */
    readonly commands: readonly string[]
  }
}

export type Game = 'arma3' | 'dayz' | 'reforger' | 'auto'

/** Whether to offer what one of these commands does; names count in any case, as the gateway judges them. */
export function mayUse({ may }: Session, ...names: readonly string[]): boolean {
  const allowed = may.commands.map((each) =>
    each
      .trim()
      .toLowerCase()
      .replaceAll(/[ \t]+/g, ' '),
  )
  return allowed.includes('*') || names.some((name) => allowed.includes(name.toLowerCase()))
}

/** Where the page stands with the gateway. */
export type SessionState =
  | { readonly state: 'asking' }
  | { readonly state: 'signed-out'; readonly reason?: string }
  | { readonly state: 'signed-in'; readonly session: Session }

/** The current state, and each change. */
export const session$: BehaviorSubject<SessionState> = new BehaviorSubject<SessionState>({ state: 'asking' })

/** Finds out whether the cookie of an earlier visit still counts. */
export async function resumeSession(): Promise<void> {
  try {
    session$.next({ state: 'signed-in', session: await request<Session>('api/session') })
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return session$.next({ state: 'signed-out' })
    session$.next({ state: 'signed-out', reason: sentenceOf(error) })
    // The cookie may still count once the gateway is back.
    setTimeout(() => session$.value.state === 'signed-out' && void resumeSession(), CHECK_MS)
  }
}

/**
 * Asks the gateway again who is signed in, as long as the page is open: a reload changes roles, and another tab signs
 * out, or in as somebody else.
 */
export function keepSessionTrue(): Subscription {
  return timer(CHECK_MS, CHECK_MS)
    .pipe(exhaustMap(() => checkSession()))
    .subscribe()
}

async function checkSession(): Promise<void> {
  const before = session$.value
  if (before.state !== 'signed-in') return
  const session = await request<Session>('api/session').catch(() => undefined)
  if (session === undefined || session$.value !== before) return
  if (JSON.stringify(session) === JSON.stringify(before.session)) return
  // What was followed belongs to the user and the role of before.
  if (rightsOf(session) !== rightsOf(before.session)) session$.next({ state: 'asking' })
  session$.next({ state: 'signed-in', session })
}

/** The same text for two sessions that may do the same. */
export function rightsOf({ user, role, may: { audit, commands } }: Session): string {
  return JSON.stringify([user, role, audit, commands])
}

/** @throws {@link Problem} when the gateway refuses the token. */
export async function signIn(token: string): Promise<void> {
  session$.next({ state: 'signed-in', session: await send<Session>('POST', 'api/session', { token }) })
}

export async function signOut(): Promise<void> {
  try {
    await send('DELETE', 'api/session')
    session$.next({ state: 'signed-out' })
  } catch {
    // Only an answer of the gateway removes the cookie.
    const reason =
      'The gateway did not answer, so this browser can still sign in without the token. Sign out again later.'
    session$.next({ state: 'signed-out', reason })
  }
}

// The gateway no longer accepts the cookie.
unauthorized$.pipe(filter(() => session$.value.state === 'signed-in')).subscribe(() => {
  session$.next({ state: 'signed-out', reason: 'The session has ended. Sign in again.' })
})
