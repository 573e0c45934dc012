import { visibleText } from '@bercon/core/visible-text'

/** An error of the gateway's HTTP front (RFC 9457), or what stands in its place when the gateway cannot be reached. */
export class Problem extends Error {
  override readonly name = 'Problem'
  /** 0 when no answer came. */
  readonly status: number
  readonly code: string | undefined

  constructor(message: string, status: number, code?: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** Reads the error out of a response that is not OK. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined)
  const { detail, title, code } = Object(body) as Record<string, unknown>
  const message =
    [detail, title].find((each) => typeof each === 'string') ?? `The gateway answered ${response.status}.`
  return new Problem(String(message), response.status, typeof code === 'string' ? code : undefined)
}

/** What went wrong, as a sentence for the page. */
export function sentenceOf(error: unknown): string {
  // It may quote what a server or a player wrote.
  const text = visibleText(error instanceof Error ? error.message : String(error))
  return /[.!?]$/.test(text) ? text : `${text}.`
}
