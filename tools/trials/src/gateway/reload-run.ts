import { ROLES, TriedGateway } from './tried-gateway.js'

// Of each user who stays.
const AT_ONCE = 16
const FRONTS = ['battleye', 'websocket', 'http'] as const

/** What the run found; all but the counts must be 0. */
export interface ReloadFindings {
  readonly reloads: number
  readonly commandsOfThoseWhoStayed: number
  /** Commands that failed for users whom no reload has touched. */
  readonly failuresOfThoseWhoStayed: number
  readonly loginsLost: number
  /** Commands of users who were removed at that time. */
  readonly sentOfRemovedUsers: number
}

/** Users come and go by reloads while others send on all fronts. */
export async function reloadRun(reloads: number): Promise<ReloadFindings> {
  const stay = ['stay0', 'stay1', 'stay2']
  const go = ['go0', 'go1', 'go2']
  await using tried = new TriedGateway([...stay, ...go])
  await tried.start()
  let isOver = false
  let sent = 0
  let failures = 0
  const staying = stay.map(async (name, index) => {
    const send = await tried.user(name, FRONTS[index] ?? 'http')
    const sendOn = async () => {
      while (!isOver) await send(`say -1 ${name} ${sent++}`).catch(() => failures++)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, sendOn))
  })
  const senders = await Promise.all(go.map((name, index) => tried.user(name, FRONTS[index] ?? 'http')))
  const { gateway, users } = tried
  const logins = tried.game.peers.map(({ id }) => id).join()
  const withoutGo = Object.fromEntries(Object.entries(users).filter(([name]) => stay.includes(name)))
  const removals: { readonly from: number; to: number }[] = []
  for (let reload = 0; reload < reloads; reload++) {
    const isRemoved = reload % 2 === 0
    const last = removals.at(-1)
    if (!isRemoved && last !== undefined) last.to = Date.now()
    gateway.update({ users: isRemoved ? withoutGo : users, roles: ROLES })
    // A line of the same millisecond can be of before the reload.
    if (isRemoved) removals.push({ from: Date.now() + 1, to: Number.POSITIVE_INFINITY })
    for (const send of senders) void send(`say -1 reload ${reload}`).catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  isOver = true
  await Promise.all(staying)
  const ofRemoved = tried.audit().filter(({ event, user, at }) => {
    const time = Date.parse(at)
    const wasRemoved = removals.some(({ from, to }) => from <= time && time < to)
    return event === 'command' && go.includes(user ?? '') && wasRemoved
  })
  return {
    reloads,
    commandsOfThoseWhoStayed: sent,
    failuresOfThoseWhoStayed: failures,
    loginsLost: tried.game.peers.map(({ id }) => id).join() === logins ? 0 : 1,
    sentOfRemovedUsers: ofRemoved.length,
  }
}
