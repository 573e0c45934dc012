// A gateway from its file: SIGHUP changes users, roles and servers, and loses no login.
import { createSocket } from 'node:dgram'
import { appendFileSync, chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AsyncRconClient } from '@bercon/client'
import { startReforgerSimulator, startSimulator } from '@bercon/simulator'
import { expect, it, onTestFinished } from 'vitest'
import { GatewayProcess } from '../src/process/gateway-process.js'
import { tokenHash } from '../src/users/token.js'
import { temporaryFolder } from './temporary-folder.js'

async function start() {
  const folder = temporaryFolder()
  const path = join(folder, 'gateway.toml')
  const altis = await startSimulator({ password: 'hunter2', seed: 7 })
  const reforger = await startReforgerSimulator({ password: 'hunter2', seed: 7 })
  writeFileSync(join(folder, 'password'), 'hunter2')
  chmodSync(join(folder, 'password'), 0o600)
  const serverText = (name: string, port: number, game: string) =>
    `[servers.${name}]\nhost = "127.0.0.1"\nport = ${port}\npassword-file = "password"\ngame = "${game}"\nbattleye = "127.0.0.1:0"\n`
  const userText = (name: string, token: string) =>
    `[users.${name}]\ntoken-sha256 = "${tokenHash(token)}"\nrole = "r"\n`
  const write = (...texts: string[]) =>
    writeFileSync(path, `${texts.join('')}[roles.r]\nservers = ["*"]\ncommands = ["players"]\n`)
  const texts = {
    altis: serverText('altis', altis.port, 'arma3'),
    reforger: serverText('reforger', reforger.port, 'auto'),
    ann: userText('ann', 'token-ann'),
    bob: userText('bob', 'token-bob'),
  }
  const notes: string[] = []
  write(texts.altis, texts.ann, texts.bob)
  const gateway = new GatewayProcess(path, (line) => notes.push(line))
  onTestFinished(async () => {
    await gateway.close()
    await altis.close()
    await reforger.close()
  })
  const { battleye } = await gateway.start()
  const login = async (token: string, port = Object.values(battleye)[0]?.port ?? 0) => {
    const client = new AsyncRconClient({ playersIntervalMs: 0 })
    onTestFinished(() => client.close())
    return client.connect('127.0.0.1', port, token)
  }
  await expect.poll(() => notes.join('\n')).toContain('altis: logged in')
  return { gateway, altis, reforger, notes, write, texts, login, path }
}

it('disconnects users who were removed, and nobody else; the login to the server stays', async () => {
  const { gateway, altis, write, texts, login, notes } = await start()
  const [ann, bob] = [await login('token-ann'), await login('token-bob')]
  const logins = altis.server.peers.map(({ id }) => id)
  write(texts.altis, texts.ann)
  await gateway.reload()
  expect(notes.at(-1)).toBe('reloaded')
  expect((await ann.fetchPlayers()).length).toBeGreaterThan(0)
  await expect(bob.sendCommand('players', { timeoutMs: 300 })).rejects.toMatchObject({
    code: 'command-timeout',
  })
  await expect(login('token-bob')).rejects.toMatchObject({ code: 'login-refused' })
  expect(altis.server.peers.map(({ id }) => id)).toEqual(logins)
})

it('adds and removes servers; a plain BattlEye client receives the whole list of Reforger', async () => {
  const { gateway, reforger, write, texts, notes, login } = await start()
  write(texts.altis, texts.reforger, texts.ann)
  await gateway.reload()
  await expect.poll(() => notes.join('\n')).toContain('reforger: logged in')
  const port = Number(/reforger: BattlEye at 127\.0\.0\.1:(\d+)/.exec(notes.join('\n'))?.[1])
  const ann = await login('token-ann', port)
  const players = await ann.fetchPlayers()
  expect(players.map(({ name }) => name)).toEqual(reforger.world.players.map(({ name }) => name))
  write(texts.reforger, texts.ann)
  await gateway.reload()
  expect(notes.filter((line) => line.startsWith('altis: login lost'))).toEqual(['altis: login lost (closed)'])
})

it('says where it logs in, and that a refused password is not tried again', async () => {
  const { gateway, altis, write, texts, notes, path } = await start()
  expect(notes).toContain(`altis: logging in to 127.0.0.1:${altis.port}`)
  const password = join(dirname(path), 'password')
  writeFileSync(password, 'wrong')
  await gateway.reload()
  await expect.poll(() => notes.join('\n')).toContain('altis: not tried again until the file is read again')
  writeFileSync(password, 'hunter2')
  write(texts.altis, texts.ann)
  await gateway.reload()
  await expect.poll(() => notes.filter((line) => line === 'altis: logged in')).toHaveLength(2)
})

it('changes nothing by a file with a mistake, and says what is wrong', async () => {
  const { gateway, login, notes, path } = await start()
  const good = readFileSync(path, 'utf8')
  appendFileSync(path, 'per-minutes = 5\n')
  await gateway.reload()
  expect(notes.at(-1)).toBe(
    'not reloaded, nothing has changed: There is no roles.r.per-minutes; did you mean "per-minute"?',
  )
  const bob = await login('token-bob')
  expect((await bob.fetchPlayers()).length).toBeGreaterThan(0)
  writeFileSync(path, good)
  await gateway.reload()
  expect(notes.at(-1)).toBe('reloaded')
})

it('reads the file again one time after the other, so that what was removed stays away', async () => {
  const { gateway, write, texts, notes } = await start()
  write(texts.altis.replace('127.0.0.1:0', 'localhost:0'), texts.ann)
  const first = gateway.reload()
  write(texts.reforger, texts.ann)
  await Promise.all([first, gateway.reload()])
  const places = notes.flatMap((line) => /^altis: BattlEye at \[?(.+?)\]?:(\d+)$/.exec(line) ?? [])
  const [address, port] = places.slice(-2)
  const socket = createSocket(address?.includes(':') ? 'udp6' : 'udp4')
  onTestFinished(() => {
    socket.close()
  })
  // Free again, because nobody has brought the server back.
  await expect(
    new Promise<void>((resolve, reject) => {
      socket.once('error', reject).bind(Number(port), address, resolve)
    }),
  ).resolves.toBeUndefined()
})
