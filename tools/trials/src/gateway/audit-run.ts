import { type AuditLine, TriedGateway } from './tried-gateway.js'

const FRONTS = ['battleye', 'websocket', 'http'] as const
const USERS = 20
const RESTARTS = 4

/** What the run found; all but the counts must be 0. */
export interface AuditFindings {
  readonly commands: number
  readonly executed: number
  readonly executedWithoutLine: number
  readonly answeredButNotExecuted: number
  readonly notSentButExecuted: number
  readonly withoutOutcome: number
  readonly executedTwice: number
}

/** Many commands of 20 users over all fronts, while the game server restarts: the audit has to agree with the game. */
export async function auditRun(commands: number): Promise<AuditFindings> {
  const names = Array.from({ length: USERS }, (_, index) => `user${index}`)
  await using tried = new TriedGateway(names)
  await tried.start()
  const each = Math.ceil(commands / USERS)
  let done = 0
  let restarts = 0
  const users = names.map(async (name, index) => {
    const send = await tried.user(name, FRONTS[index % FRONTS.length] ?? 'http')
    for (let number = 0; number < each; number++) {
      await send(`say -1 ${name} ${number}`).catch(() => {})
      done++
      if (restarts < RESTARTS && done > ((restarts + 1) * commands) / (RESTARTS + 1)) {
        restarts++
        tried.restartGame()
      }
    }
  })
  await Promise.all(users)
  // The last outcomes are written within the turn.
  await new Promise((resolve) => setTimeout(resolve, 100))
  return compare(tried.audit(), tried.executed)
}

function compare(lines: readonly AuditLine[], executed: readonly string[]): AuditFindings {
  const begun = new Map(
    lines.flatMap(({ id, command }) => (command === undefined ? [] : [[id, command] as const])),
  )
  const outcomes = new Map(
    lines.flatMap(({ id, event, outcome }) => (event === 'outcome' ? [[id, outcome] as const] : [])),
  )
  const ran = new Set(executed)
  const written = new Set(begun.values())
  const of = (outcome: string) =>
    [...begun].flatMap(([id, command]) => (outcomes.get(id) === outcome ? [command] : []))
  return {
    commands: begun.size,
    executed: executed.length,
    executedWithoutLine: executed.filter((command) => !written.has(command)).length,
    answeredButNotExecuted: of('answered').filter((command) => !ran.has(command)).length,
    notSentButExecuted: of('not-sent').filter((command) => ran.has(command)).length,
    withoutOutcome: [...begun.keys()].filter((id) => !outcomes.has(id)).length,
    executedTwice: executed.length - ran.size,
  }
}
