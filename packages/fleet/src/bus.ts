import type { CancelSignal } from '@bercon/client'

/** A text on its way, with the subject that it was sent to. */
export interface BusMessage {
  readonly subject: string
  readonly text: string
}

/** What a request leads to. After `nobody` it certainly reached nobody; after `silence` it may have. */
export type BusReply =
  | { readonly type: 'reply'; readonly text: string }
  | { readonly type: 'nobody' }
  | { readonly type: 'silence' }

/** What a request takes. */
export interface RequestOptions {
  /** How long to wait for the reply, in ms. */
  readonly timeoutMs: number
  /** Gives the wait up: the request ends as `silence`. */
  readonly signal?: CancelSignal | undefined
}

/** Answers a request, or leaves it to others by returning nothing. */
export type Answer = (message: BusMessage) => Promise<string | undefined>

/**
 * How the parts of a fleet reach each other: texts on subjects, each at most once. A subject is tokens with points between
 * them; listeners may write `*` for one token and `>` for all that follow, as in NATS.
 */
export interface Bus {
  /** Sends a request and returns the first reply. Never rejects. */
  request(subject: string, text: string, options: RequestOptions): Promise<BusReply>
  /** Answers the requests on a subject; returns what ends that. */
  serve(subject: string, answer: Answer): () => void
  /** Sends a text to all listeners; returns `false` if it was dropped because too much waits to be sent. */
  publish(subject: string, text: string): boolean
  /** Calls the listener with each text on a subject, in the order of each sender; returns what ends that. */
  subscribe(subject: string, listener: (message: BusMessage) => void): () => void
}

/** Returns whether a subject, as its tokens, is one of those that a pattern stands for. */
export function matcher(pattern: string): (tokens: readonly string[]) => boolean {
  const wanted = pattern.split('.')
  const rest = wanted.indexOf('>')
  const fixed = rest === -1 ? wanted : wanted.slice(0, rest)
  return (tokens) => {
    if (rest === -1 ? tokens.length !== fixed.length : tokens.length <= rest) return false
    return fixed.every((token, index) => token === '*' || token === tokens[index])
  }
}
