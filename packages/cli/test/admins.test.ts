import { RconServer } from '@bercon/server'
import { startReforgerSimulator } from '@bercon/simulator'
import { describe, expect, it } from 'vitest'
import { admins } from '../src/commands/admins.js'
import { missions } from '../src/commands/missions.js'
import { withClient } from '../src/server/connected.js'
import type { Game } from '../src/settings/checks.js'
import { PASSWORD } from './bercon-process.js'
import { outputOf } from './output-of.js'
import { flagsFor } from './small-world.js'

const HEADER = 'Connected RCon admins:\n[#] [IP Address]:[Port]\n-----------------------------\n'

/** The output of `bercon admins` if the server answers with these lists in order. */
async function listed(...replies: readonly string[]) {
  let next = 0
  const onCommand = () => replies[Math.min(next++, replies.length - 1)] ?? ''
  const server = new RconServer({ password: PASSWORD, onCommand })
  const flags = flagsFor(await server.listen())
  return outputOf((signal) => withClient(flags, signal, admins)).finally(() => server.close())
}

describe('a list of admins', () => {
  it('with an unreadable row does not say that nobody is logged in', async () => {
    const { code, stdout, stderr } = await listed(`${HEADER}0 somewhere\n`)
    expect([code, stdout]).toEqual([6, 'No line of the list is readable.\n'])
    expect(stderr).toContain('1 of its lines cannot be read')
  })

  it('is requested once more if a row is unreadable', async () => {
    const { code, stdout } = await listed(`${HEADER}0 somewhere\n`, `${HEADER}0 192.0.2.44:50960\n`)
    expect(code).toBe(0)
    expect(stdout).toContain('192.0.2.44')
  })

  it('that is empty says that nobody is logged in', async () => {
    expect(await listed(HEADER)).toMatchObject({ code: 0, stdout: 'No admins are logged in.\n' })
  })
})

it.each(['auto', 'reforger'] satisfies Game[])(
  "Reforger's built-in RCON (%s) has no such list",
  async (game) => {
    await using simulator = await startReforgerSimulator({ password: PASSWORD, bots: false })
    const flags = { ...flagsFor(simulator), game }
    for (const [list, command] of [
      ['admins', admins],
      ['missions', missions],
    ] as const) {
      const failed = outputOf((signal) => withClient(flags, signal, command))
      await expect(failed).rejects.toThrow(`Reforger's built-in RCON cannot list ${list}`)
    }
  },
)
