import { BehaviorSubject } from 'rxjs'
import { request, send } from './http.js'
import { Problem } from './problem.js'

/** Who is signed in, as the gateway says. The token itself is in a cookie that no script can read. */
export interface Session {
  readonly user: string
  readonly role: string
  /** What to offer; the gateway refuses anything else, whatever is offered. */
  readonly may: {
    readonly audit: boolean
    readonly servers: readonly { readonly name: string; readonly game: Game }[]
    /** Names of commands; `*` is every command. */
    readonly commands: readonly string[]
  }
}

export type Game = 'arma3' | 'dayz' | 'reforger' | 'auto'

/** Whether to offer a command. */
export function mayUse({ may }: Session, ...names: readonly string[]): boolean {
  return may.commands.includes('*') || names.some((name) => may.commands.includes(name))
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
    const known = error instanceof Problem && error.status === 401
    session$.next(known ? { state: 'signed-out' } : { state: 'signed-out', reason: (error as Error).message })
  }
}

/** @throws {@link Problem} when the gateway refuses the token. */
export async function signIn(token: string): Promise<void> {
  session$.next({ state: 'signed-in', session: await send<Session>('POST', 'api/session', { token }) })
}

export async function signOut(): Promise<void> {
  await send('DELETE', 'api/session').catch(() => undefined)
  session$.next({ state: 'signed-out' })
}

/** The gateway no longer accepts the cookie. */
export function sessionEnded(): void {
  session$.next({ state: 'signed-out', reason: 'The session has ended. Sign in again.' })
}
