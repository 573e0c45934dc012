import { AsyncRconClient } from '@bercon/client'
import type { RconError } from '@bercon/core'
import { startSimulator } from '@bercon/simulator'

/** Calls that fail, by what somebody did; each makes one error. */
type Provocations = Readonly<Record<string, () => unknown>>

function mistakes(client: AsyncRconClient): Provocations {
  return {
    'new AsyncRconClient({ keepAliveMS: 3 })': () => new AsyncRconClient({ keepAliveMS: 3 } as object),
    'new AsyncRconClient({ cache: {} })': () => new AsyncRconClient({ cache: {} } as object),
    "new AsyncRconClient({ transport: 'text' })": () => new AsyncRconClient({ transport: 'text' } as object),
    "new AsyncRconClient({ encoding: 'iso-2022-jp' })": () =>
      new AsyncRconClient({ encoding: 'iso-2022-jp' }),
    'client.listen(function on_login() {})': () =>
      client.listen(function on_login() {} as never, undefined as never),
    "client.listen('login')": () => client.listen('login', undefined as never),
    "client.addListener('on_login', f)": () => client.addListener('on_login' as never, () => {}),
    "client.checkDisallowedCommand('Disallowed command')": () =>
      client.checkDisallowedCommand('Disallowed command', undefined as never),
    'client.ban(3, 0)': () => client.ban(3, 0),
    "client.send('a\\nb')": () => client.send('a\nb'),
    'client.kick(3)': () => client.kick(3),
    "client.checkDisallowedCommand('kick 3', 'Disallowed command')": () =>
      client.checkDisallowedCommand('kick 3', 'Disallowed command'),
    "client.checkDisallowedCommand('kikc 3', 'Unknown command')": () =>
      client.checkDisallowedCommand('kikc 3', 'Unknown command'),
    "client.parseMissions('')": () => client.parseMissions(''),
    "client.waitFor('login', { timeoutMs: 0 })": () => client.waitFor('login', { timeoutMs: 0 }),
  }
}

/** The section of `docs/errors.md` that shows, by code, what calls that fail say. */
export async function provokedErrors(): Promise<string> {
  await using simulator = await startSimulator({ password: 'hunter2', bots: false })
  const { address, port } = simulator
  await using connected = await new AsyncRconClient().connect(address, port, 'hunter2')
  await using client = new AsyncRconClient()
  const logins: Provocations = {
    "client.connect(host, port, 'hunter3')": () => new AsyncRconClient().connect(address, port, 'hunter3'),
    "client.connect(host, port, 'hunter2'), a second time": () => connected.connect(address, port, 'hunter2'),
  }
  const byCode = new Map<string, string[]>()
  for (const [call, provoke] of Object.entries({ ...mistakes(client), ...logins })) {
    const { code, message } = await failure(provoke)
    const shown = message.replaceAll(String(port), '2302')
    byCode.set(code, [...(byCode.get(code) ?? []), `- \`${call}\`\n  > ${shown}`])
  }
  return [...byCode].map(([code, lines]) => `### \`${code}\`\n\n${lines.join('\n')}\n`).join('\n')
}

async function failure(provoke: () => unknown): Promise<RconError> {
  try {
    await provoke()
  } catch (error) {
    return error as RconError
  }
  throw new Error(`${provoke} did not fail`)
}
