import type { IncomingMessage } from 'node:http'
import { TOKEN_SUBPROTOCOL } from '@bercon/remote'
import { endpoint, LoginThrottle } from '@bercon/server/kit'
import type { Front } from '../../audit/audit-entry.js'
import type { Subject } from '../../roles/judge.js'
import type { Identity } from '../../users/access.js'
import type { FrontParts } from '../front-parts.js'
import type { HttpSettings } from './http-options.js'
import { Refused } from './problem.js'

/** The cookie in which a browser keeps its token; scripts cannot read it. */
export const COOKIE = 'bercon'

/** A user who may come in, and where from. */
export interface Visitor {
  readonly identity: Identity
  readonly subject: Subject
  readonly from: string
}

/** What of a request says who sends it. */
export interface Visit {
  readonly front: Front
  readonly url: URL
  header(name: string): string | undefined
  readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress' | 'remotePort'> | undefined
}

// As many wrong tokens from one address within this time as an RconServer looks at.
const WINDOW_MS = 60_000
const ATTEMPTS = { maxLoginAttempts: 10, loginWindowMs: WINDOW_MS, maxTrackedAddresses: 10_000 }
const MAX_REGULARS = 10_000
// Names under which a token is written into a URL, where logs would keep it.
const IN_URL = ['token', 'access_token', 'auth', 'key', 'password']
const BEARER = /^Bearer +([^ ]+) *$/i

type GatekeeperParts = Pick<FrontParts, 'access' | 'clock' | 'strangers'>

/** Decides who may come in by HTTP and by WebSocket. */
export class Gatekeeper {
  readonly #parts: GatekeeperParts
  readonly #settings: HttpSettings
  readonly #throttle = new LoginThrottle(ATTEMPTS)
  // Who has come in from where, the latest last: a stale token at their address shall not lock them out.
  readonly #regulars = new Set<string>()

  constructor(parts: GatekeeperParts, settings: HttpSettings) {
    this.#parts = parts
    this.#settings = settings
  }

  /** @throws {@link Refused} for a visit that no token could make good. */
  checkPlace(visit: Visit): void {
    const inUrl = IN_URL.find((name) => visit.url.searchParams.has(name))
    if (inUrl !== undefined)
      throw new Refused(
        'token-in-url',
        `Logs keep URLs, so ${inUrl} is refused there; send Authorization: Bearer TOKEN`,
      )
    const origin = visit.header('origin')
    if (origin === undefined || this.isWelcome(origin, visit)) return
    throw new Refused(
      'origin-refused',
      `Pages of ${origin} may not use this gateway; add it to allowed-origins if they shall`,
    )
  }

  /** Whether pages of an origin may use the gateway: its own, and those that the settings name. */
  isWelcome(origin: string, visit: Visit): boolean {
    if (this.#settings.allowedOrigins.includes(origin)) return true
    return URL.canParse(origin) && new URL(origin).host === visit.header('host')
  }

  /**
   * Who a token belongs to.
   *
   * @param token - from where it was found; by default the header, the cookie, or a WebSocket's subprotocol.
   * @throws {@link Refused}
   */
  identify(visit: Visit, token: string | undefined = tokenOf(visit)): Visitor {
    const { address, from } = this.#placeOf(visit)
    const now = this.#parts.clock.now()
    const visitor = token === undefined ? undefined : this.#visitorWith(token, from)
    const isRegular = visitor !== undefined && this.#regulars.has(`${address} ${visitor.subject.user}`)
    if (!isRegular && !this.#throttle.admits(address, now))
      throw new Refused('too-many-attempts', TOO_MANY, {
        headers: { 'retry-after': String(WINDOW_MS / 1_000) },
      })
    if (token === undefined) throw new Refused('unauthorized', NO_TOKEN, { headers: CHALLENGE })
    if (visitor !== undefined) {
      this.#remember(`${address} ${visitor.subject.user}`)
      return visitor
    }
    this.#throttle.countWrong(address, now)
    this.#parts.strangers.note({ front: visit.front, from, server: null })
    throw new Refused('unauthorized', 'This token belongs to nobody; ask who runs the gateway for another', {
      headers: { ...CHALLENGE, ...(cookieOf(visit) !== undefined && { 'set-cookie': NO_COOKIE }) },
    })
  }

  #visitorWith(token: string, from: string): Visitor | undefined {
    const access = this.#parts.access()
    const identity = access.identify(token)
    if (identity === undefined) return undefined
    const subject = access.subject(identity)
    return subject && { identity, subject, from }
  }

  #remember(regular: string): void {
    this.#regulars.delete(regular)
    this.#regulars.add(regular)
    if (this.#regulars.size <= MAX_REGULARS) return
    for (const oldest of this.#regulars) {
      this.#regulars.delete(oldest)
      return
    }
  }

  #placeOf({ socket, header }: Visit): { readonly address: string; readonly from: string } {
    const forwarded = this.#settings.behindProxy
      ? header('x-forwarded-for')?.split(',').at(-1)?.trim()
      : undefined
    if (forwarded !== undefined && forwarded !== '') return { address: forwarded, from: forwarded }
    const { remoteAddress = 'unknown', remotePort = 0 } = socket ?? {}
    const address = remoteAddress.replace(/^::ffff:/, '')
    return { address, from: endpoint(address, remotePort) }
  }
}

const TOO_MANY = 'Too many wrong tokens came from this address; try again in a minute'
const CHALLENGE = { 'www-authenticate': 'Bearer realm="bercon"' }
/** The header that removes the cookie. */
export const NO_COOKIE: string = `${COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`
const NO_TOKEN = 'Send Authorization: Bearer TOKEN, or sign in with POST /api/session'

function tokenOf(visit: Visit): string | undefined {
  const authorization = visit.header('authorization')
  if (authorization !== undefined) return BEARER.exec(authorization)?.[1] ?? ''
  const protocols = visit.front === 'websocket' ? protocolsOf(visit.header('sec-websocket-protocol')) : []
  const protocol = protocols.find((one) => one.startsWith(TOKEN_SUBPROTOCOL))
  return protocol?.slice(TOKEN_SUBPROTOCOL.length) ?? cookieOf(visit)
}

/** The subprotocols that a WebSocket's client offers. */
export function protocolsOf(header: string | undefined): readonly string[] {
  return header?.split(',').map((protocol) => protocol.trim()) ?? []
}

/** The token in the cookie of a request. */
function cookieOf({ header }: Pick<Visit, 'header'>): string | undefined {
  const pairs =
    header('cookie')
      ?.split(';')
      .map((pair) => pair.trim()) ?? []
  const value = pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1)
  try {
    return value ? decodeURIComponent(value) : undefined
  } catch {
    // Not the gateway's own.
    return value
  }
}
