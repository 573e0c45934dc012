import { codeOf } from '@bercon/client'
import type { AuditOutcome } from '../../audit/audit-entry.js'
import { outcomeOf } from '../../servers/command-outcome.js'

/** An error of the HTTP front as its body says it (RFC 9457). */
interface ProblemBody {
  readonly type: 'about:blank'
  readonly title: string
  readonly status: number
  readonly detail: string
  /** What programs compare. */
  readonly code: string
  /** Of a command. */
  readonly outcome?: AuditOutcome
}

/** What can be wrong with a request. */
export type ProblemCode =
  | 'invalid-argument'
  | 'token-in-url'
  | 'unauthorized'
  | 'command-disallowed'
  | 'forbidden'
  | 'origin-refused'
  | 'not-found'
  | 'too-large'
  | 'rate-limited'
  | 'too-many-attempts'
  | 'internal'
  | 'unexpected-reply'
  | 'incomplete-reply'
  | 'reply-too-large'
  | 'unknown-command'
  | 'audit-failure'
  | 'not-connected'
  | 'closed'
  | 'command-timeout'
  | 'connection-lost'

/** The status and title of each problem (RFC 9110). */
export const PROBLEMS: Readonly<Record<ProblemCode, readonly [status: number, title: string]>> = {
  'invalid-argument': [400, 'Bad Request'],
  'token-in-url': [400, 'Bad Request'],
  unauthorized: [401, 'Unauthorized'],
  'command-disallowed': [403, 'Forbidden'],
  forbidden: [403, 'Forbidden'],
  'origin-refused': [403, 'Forbidden'],
  'not-found': [404, 'Not Found'],
  'too-large': [413, 'Content Too Large'],
  'rate-limited': [429, 'Too Many Requests'],
  'too-many-attempts': [429, 'Too Many Requests'],
  internal: [500, 'Internal Server Error'],
  'unexpected-reply': [502, 'Bad Gateway'],
  'incomplete-reply': [502, 'Bad Gateway'],
  'reply-too-large': [502, 'Bad Gateway'],
  'unknown-command': [502, 'Bad Gateway'],
  'audit-failure': [503, 'Service Unavailable'],
  'not-connected': [503, 'Service Unavailable'],
  closed: [503, 'Service Unavailable'],
  'command-timeout': [504, 'Gateway Timeout'],
  'connection-lost': [504, 'Gateway Timeout'],
}

/** A request is not served; `headers` are for its answer. */
export class Refused extends Error {
  readonly code: ProblemCode
  readonly headers: Readonly<Record<string, string>>
  readonly outcome: AuditOutcome | undefined

  constructor(code: ProblemCode, detail: string, rest: RefusedRest = {}) {
    super(detail)
    this.code = code
    this.headers = rest.headers ?? {}
    this.outcome = rest.outcome
  }
}

/** What a {@link Refused} may have beside its code. */
export interface RefusedRest {
  readonly headers?: Readonly<Record<string, string>>
  readonly outcome?: AuditOutcome
}

/** The answer to a request that failed; `isOwn` says whether the fault is the gateway's. */
export function problemOf(error: unknown): { readonly response: Response; readonly isOwn: boolean } {
  if (error instanceof Refused) {
    const { code, message, headers, outcome } = error
    return {
      response: problemResponse(code, message, { headers, ...(outcome && { outcome }) }),
      isOwn: false,
    }
  }
  const code = codeOf(error)
  if (!isProblemCode(code))
    return {
      response: problemResponse('internal', 'The gateway failed at this request; its log says why'),
      isOwn: true,
    }
  const outcome =
    code === 'invalid-argument' ? undefined : code === 'audit-failure' ? 'refused' : outcomeOf(error)
  // Only errors have a code.
  const { message } = error as Error
  return { response: problemResponse(code, message, outcome && { outcome }), isOwn: false }
}

/** A problem as a response. */
export function problemResponse(code: ProblemCode, detail: string, rest: RefusedRest = {}): Response {
  const [status, title] = PROBLEMS[code]
  const { headers = {}, outcome } = rest
  const body: ProblemBody = { type: 'about:blank', title, status, detail, code, ...(outcome && { outcome }) }
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  })
}

function isProblemCode(code: unknown): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, String(code))
}
