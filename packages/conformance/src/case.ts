/** How binding a rule is: `must` and `should` judge; `observed` only reports what nobody knows of real servers. */
export type RuleLevel = 'must' | 'should' | 'observed'

/** What a case found: `unseen` means that the peer never came to do it, and `seen` answers an `observed` case. */
export interface Verdict {
  readonly verdict: 'right' | 'wrong' | 'unseen' | 'seen'
  /** What this peer did, in one sentence. */
  readonly did: string
}

/**
 * What a case needs beyond a few seconds: patience of a minute or more, a command that players can see, or a client
 * that takes an order while it carries out another.
 */
export type CaseNeed = 'time' | 'change' | 'concurrency'

/** One rule of the protocol and how to try a peer against it. */
export interface ConformanceCase<World> {
  /** Stable name, such as `login-refused`. */
  readonly id: string
  /** The rule that it tries, such as `P4`. */
  readonly rule: string
  readonly level: RuleLevel
  readonly title: string
  /** What a peer that follows the rule does. */
  readonly right: string
  readonly needs?: CaseNeed
  /** Tries a peer against the rule. */
  readonly run: (world: World) => Promise<Verdict>
}

/** The peer did what the rule says. */
export function right(did: string): Verdict {
  return { verdict: 'right', did }
}

/** The peer did something else. */
export function wrong(did: string): Verdict {
  return { verdict: 'wrong', did }
}

/** The peer never came to do it, so the case says nothing. */
export function unseen(did: string): Verdict {
  return { verdict: 'unseen', did }
}

/** What the peer did where no rule is known. */
export function seen(did: string): Verdict {
  return { verdict: 'seen', did }
}

/** Right if `holds`, else wrong. */
export function judge(holds: boolean, didRight: string, didWrong: string): Verdict {
  return holds ? right(didRight) : wrong(didWrong)
}
