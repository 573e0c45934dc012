// @ts-nocheck
import { judge, unseen, wrong } from '../case.js'
import type { ClientCase, ClientWorld } from './client-world.js'

const FORGOTTEN_AFTER_S = 45

/** P7 and defect 4: keeping the login. */
export const PATIENCE_CASES: readonly ClientCase[] = [
  {
    id: 'keep-alive',
    rule: 'P7',
    level: 'must',
    title: 'An idle client keeps its login alive',
    right: 'sends a command packet at least every 45 s',
    needs: 'time',
    async run(world) {
      await world.loggedIn()
      return longestGap(world, 100)
    },
  },
  {
    id: 'keep-alive-beside-messages',
    rule: 'defect 4',
    level: 'must',
    title: 'Messages and acknowledgments do not put off the keep-alive',
    right: 'sends a command packet at least every 45 s while a message comes every 5 s',
    needs: 'time',
    async run(world) {
      await world.loggedIn()
      return longestGap(world, 100, (second) => {
        if (second % 5 === 0) world.server.message((second / 5) & 0xff, `message ${second}`)
      })
    },
  },
  {
    id: 'keep-alive-lost',
    rule: 'defect 4',
    level: 'should',
    title: 'A keep-alive that is lost is sent again in time',
    right: 'sends another command packet before 45 s have passed since the last one that arrived',
    needs: 'time',
    async run(world) {
      await world.loggedIn()
      const { server } = world
      const answer = server.onCommand
      let lost: number | undefined
      server.onCommand = (command, at) => {
        if (lost === undefined) lost = command.atMs
        else answer(command, at)
      }
      const since = world.clock.now()
      await world.sleep(2 * FORGOTTEN_AFTER_S * 1_000)
      if (lost === undefined) return wrong('sent no keep-alive within 90 s')
      const arrived = server.commands.filter(({ atMs }) => atMs !== lost).map(({ atMs }) => atMs)
      if (arrived.length === 0) return wrong('sent no other within 90 s')
      const seconds = Math.round(((arrived[0] as number) - since) / 1_000)
      return judge(
        seconds <= FORGOTTEN_AFTER_S,
        `sent another after ${seconds} s`,
        `sent another after ${seconds} s only`,
      )
    },
  },
]

async function longestGap(world: ClientWorld, seconds: number, each: (second: number) => void = () => {}) {
  const since = world.clock.now()
  for (let second = 1; second <= seconds; second++) {
    await world.sleep(1_000)
    each(second)
  }
  const times = [since, ...world.server.commands.map(({ atMs }) => atMs), world.clock.now()]
  const longest = Math.max(...times.slice(1).map((at, index) => at - (times[index] as number)))
  if (world.server.logins.length > 1) return unseen('logged in again meanwhile')
  const did = `was silent for ${Math.round(longest / 1_000)} s at most`
  return judge(longest <= FORGOTTEN_AFTER_S * 1_000, did, did)
}
