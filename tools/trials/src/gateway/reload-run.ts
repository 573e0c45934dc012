import { RconServer } from '@bercon/server'
import { steady } from './steady-sender.js'
import { type AuditLine, ROLES, type Send, TriedGateway } from './tried-gateway.js'

const RELOAD_EVERY_MS = 100
// A socket's buffer has more than one turn's datagrams.
const TURNS_TO_ARRIVE = 20
const FRONTS = ['battleye', 'websocket', 'http'] as const
// HTTP costs by far the most, and this is about reloads.
const SHARES = [0.45, 0.45, 0.1]
// What a reload changes beside the users: the roles of those who stay get another event, and another server comes or goes.
const OTHER_ROLES = { speaker: { servers: ['*'], commands: ['say', 'players'], events: ['player*'] } }

/** What the run found; all but the counts must be 0. */
export interface ReloadFindings {
  readonly reloads: number
  readonly commandsOfThoseWhoStayed: number
  readonly perSecond: number
  /** Commands that failed for users whom no reload has touched, by message. */
  readonly failuresOfThoseWhoStayed: Readonly<Record<string, number>>
  readonly loginsLost: number
  /** Commands of users who were removed at that time: those with a line in the audit, and those the game executed. */
  readonly sentOfRemovedUsers: number
  /** How many they tried. */
  readonly triedByRemovedUsers: number
}

/** Users, roles and servers change by reloads, while those who stay send so many commands a second on all fronts. */
export async function reloadRun(reloads: number, perSecond: number): Promise<ReloadFindings> {
  const stay = ['stay0', 'stay1', 'stay2']
  const go = ['go0', 'go1', 'go2']
  await using tried = new TriedGateway([...stay, ...go])
  await tried.start()
  const other = new RconServer({ password: 'hunter2', onCommand: () => '' })
  const { address: host, port } = await other.listen()
  const logins = () => tried.game.peers.map(({ id }) => id).join()
  const before = logins()
  const senders = await Promise.all(stay.map((name, index) => tried.user(name, FRONTS[index] ?? 'http')))
  const sending = senders.map((send, index) => steady(send, (SHARES[index] ?? 0) * perSecond, `stay${index}`))
  const going = await Promise.all(go.map((name, index) => tried.user(name, FRONTS[index] ?? 'http')))
  const removals: Removal[] = []
  const tries: Promise<unknown>[] = []
  const begun = performance.now()
  for (let reload = 0; reload < reloads; reload++) {
    const isRemoved = reload % 2 === 0
    const last = removals.at(-1)
    if (!isRemoved && last !== undefined)
      Object.assign(last, { until: Date.now(), executedUntil: performance.now() })
    change(tried, { isRemoved, stay })
    if (isRemoved) removals.push(await beginRemoval())
    if (isRemoved) void tried.pool.add('other', { host, port, password: 'hunter2' }).catch(() => {})
    else tried.pool.remove('other')
    tries.push(...tryAll(going, `go reload ${reload}`))
    const due = begun + (reload + 1) * RELOAD_EVERY_MS
    await new Promise((resolve) => setTimeout(resolve, Math.max(1, due - performance.now())))
  }
  const took = (performance.now() - begun) / 1_000
  const sums = await Promise.all(sending.map((steady) => steady.stop()))
  await Promise.all(tries)
  await other.close()
  const sent = sums.reduce((sum, { sent }) => sum + sent, 0)
  return {
    reloads,
    commandsOfThoseWhoStayed: sent,
    perSecond: sent / took,
    failuresOfThoseWhoStayed: Object.assign({}, ...sums.map(({ failures }) => failures)),
    loginsLost: logins() === before ? 0 : 1,
    sentOfRemovedUsers:
      tried.audit().filter((line) => isOfRemoved(line, go, removals)).length +
      tried.executed.filter(
        (text, index) => text.startsWith('say -1 go') && isWithin(removals, tried.executedAt[index] ?? 0),
      ).length,
    triedByRemovedUsers: (going.length * reloads) / 2,
  }
}

/** The change of one reload: the users who go are removed, or come back. */
function change(
  tried: TriedGateway,
  { isRemoved, stay }: { isRemoved: boolean; stay: readonly string[] },
): void {
  const { gateway, users } = tried
  const staying = Object.fromEntries(Object.entries(users).filter(([name]) => stay.includes(name)))
  gateway.update({ users: isRemoved ? staying : users, roles: isRemoved ? OTHER_ROLES : ROLES })
}

function tryAll(senders: readonly Send[], text: string): readonly Promise<unknown>[] {
  return senders.map((send) => send(`say -1 ${text}`).catch(() => {}))
}

/** When the users were none, by the clock of the audit and by that of the game. */
interface Removal {
  readonly from: number
  readonly until: number
  readonly executedFrom: number
  readonly executedUntil: number
}

/** What was sent before the reload is executed in the next turns; a line of the same millisecond can be of before. */
async function beginRemoval(): Promise<Removal> {
  const from = Date.now() + 1
  for (let turn = 0; turn < TURNS_TO_ARRIVE; turn++) await new Promise((resolve) => setImmediate(resolve))
  const never = Number.POSITIVE_INFINITY
  return { from, until: never, executedFrom: performance.now(), executedUntil: never }
}

function isOfRemoved(
  { event, user, at }: AuditLine,
  gone: readonly string[],
  removals: readonly Removal[],
): boolean {
  const time = Date.parse(at)
  if (event !== 'command' || !gone.includes(user ?? '')) return false
  return removals.some(({ from, until }) => from <= time && time < until)
}

function isWithin(removals: readonly Removal[], at: number): boolean {
  return removals.some(({ executedFrom, executedUntil }) => executedFrom <= at && at < executedUntil)
}
