import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSimulator } from '@bercon/server/simulator'
import { expect, it } from 'vitest'
import { bercon, PASSWORD, serverEnv } from './bercon-process.js'
import { newFolder } from './new-folder.js'

it('finds and reads the server cfg where it is, logs in, and measures the link', async () => {
  const simulator = await startSimulator({ password: PASSWORD, bots: false })
  const cwd = newFolder()
  const cfg = 'beserver_x64_active_1a.cfg'
  writeFileSync(join(cwd, cfg), `RConPassword ${PASSWORD}\nRConPort ${simulator.port}\nRestrictRCon 1\n`)
  const { code, stdout } = await bercon(['doctor'], { cwd })
  await simulator.close()
  expect(code).toBe(0)
  expect(stdout.split('\n')).toEqual([
    `ok    ${cfg} is the file that was found`,
    'wrong RestrictRCon is 1: commands that change anything are refused; set it to 0',
    `ok    127.0.0.1:${simulator.port} answers, and takes the password`,
    'ok    50 of 50 keep-alives were answered, 0 % were lost',
    expect.stringMatching(/^(ok {4}|note {2})a round trip takes [\d.]+ ms, the longest [\d.]+ ms$/),
    '',
  ])
  expect(stdout).not.toContain(PASSWORD)
})

it('says what is missing in the server cfg, and why the login fails', async () => {
  const simulator = await startSimulator({ password: PASSWORD, bots: false })
  const cfg = join(newFolder(), 'BEServer_x64.cfg')
  writeFileSync(cfg, '')
  const { code, stdout, stderr } = await bercon(['doctor', '--server-cfg', cfg], {
    env: serverEnv(simulator.port, 'wrong'),
  })
  await simulator.close()
  expect(code).toBe(2)
  expect(stdout).toContain('wrong RConPassword is not in it')
  expect(stdout).toContain('wrong RConPort is not in it')
  expect(stderr).toContain('refused the password')
})
