import { Ban, type Kind, type RconClient } from '@bercon/core'
import { expect, it } from 'vitest'
import type { Stage } from './stage.js'

const [A, B, C] = ['a'.repeat(32), 'b'.repeat(32), 'c'.repeat(32)] as const

export function bansContract<K extends Kind, Client extends RconClient<K>>(stage: Stage<K, Client>): void {
  const listed = async () => (await stage.server.bans()).map(({ target, reason }) => [target, reason])

  it('ban sends the target, always the minutes, and the reason', async () => {
    const client = await stage.connected()
    await stage.done(() => client.ban(A, undefined, 'spam'))
    await stage.done(() => client.ban(B.toUpperCase(), 60))
    await stage.done(() => client.ban('192.0.2.7', 5, 'two words'))
    await stage.done(() => client.ban(3, 60, 'spam'))
    await stage.done(() => client.ban(4))
    expect(await stage.server.commands()).toEqual([
      `addBan ${A} 0 spam`,
      `addBan ${B} 60`,
      'addBan 192.0.2.7 5 two words',
      'ban 3 60 spam',
      'ban 4 0',
    ])
    expect(await listed()).toEqual([
      [A, 'spam'],
      [B, ''],
      ['192.0.2.7', 'two words'],
    ])
  })

  it('fetchBans returns both sections, numbered in one sequence', async () => {
    await stage.server.addBan({ target: A, reason: 'cheating' })
    await stage.server.addBan({ target: B, minutes: 90 })
    await stage.server.addBan({ target: '192.0.2.7', reason: 'spam' })
    const client = await stage.connected()
    const bans = await stage.done(() => client.fetchBans())
    expect(bans).toMatchObject([
      { index: 0, id: A, kind: 'guid', isPermanent: true, isExpired: false, reason: 'cheating' },
      { index: 1, id: B, kind: 'guid', isPermanent: false, isExpired: false, reason: '' },
      { index: 2, id: '192.0.2.7', kind: 'ip', isPermanent: true, minutesLeft: undefined, reason: 'spam' },
    ])
    expect([89, 90]).toContain(bans[1]?.minutesLeft)
    expect(`${bans[2]}`).toBe('192.0.2.7')
  })

  it('unban removes the ban with a number', async () => {
    for (const target of [A, B, C]) await stage.server.addBan({ target })
    const client = await stage.connected()
    expect(await stage.done(() => client.unban(1))).toBe(true)
    expect(await stage.server.commands()).toEqual(['removeBan 1'])
    expect(await listed()).toEqual([
      [A, ''],
      [C, ''],
    ])
  })

  it('unban removes every ban of a target, and returns false if there is none', async () => {
    for (const target of [A, B, A, '192.0.2.7']) await stage.server.addBan({ target })
    const client = await stage.connected()
    expect(await stage.done(() => client.unban(A.toUpperCase()))).toBe(true)
    expect(await stage.done(() => client.unban(C))).toBe(false)
    expect(await stage.done(() => client.unban('192.0.2.7'))).toBe(true)
    expect(await listed()).toEqual([[B, '']])
    const commands = await stage.commandsAsked()
    expect(commands).toEqual(['bans', 'removeBan 2', 'removeBan 0', 'bans', 'bans', 'removeBan 1'])
  })

  it('Ban.unban removes the same ban after the numbers have shifted', async () => {
    for (const target of [A, B, C]) await stage.server.addBan({ target, reason: 'spam' })
    const client = await stage.connected()
    const [first, , third] = await stage.done(() => client.fetchBans())
    if (first === undefined || third === undefined) throw new Error('bans are missing')
    expect(await stage.done(() => first.unban())).toBe(true)
    expect(await stage.done(() => third.unban())).toBe(true)
    expect(await listed()).toEqual([[B, 'spam']])
    expect(await stage.done(() => third.unban())).toBe(false)
    expect(await listed()).toEqual([[B, 'spam']])
  })

  it('Ban.unban takes the row with the same reason', async () => {
    await stage.server.addBan({ target: A, reason: 'first' })
    await stage.server.addBan({ target: A, reason: 'second' })
    const client = await stage.connected()
    const bans = await stage.done(() => client.fetchBans())
    const second = bans.find(({ reason }) => reason === 'second')
    expect(await stage.done(() => second?.unban() ?? client.unban(C))).toBe(true)
    expect(await listed()).toEqual([[A, 'first']])
  })

  it('unban returns the server’s reply, if there is one', async () => {
    await stage.server.addBan({ target: A })
    const client = await stage.connected()
    await stage.server.answerNext({ text: 'Ban 7 is not there' })
    expect(await stage.done(() => client.unban(7))).toBe('Ban 7 is not there')
    const [ban] = await stage.done(() => client.fetchBans())
    if (ban === undefined) throw new Error('the ban is missing')
    await stage.server.answerNext({ text: `GUID Bans:\n0  ${A} perm \n\nIP Bans:\n` })
    await stage.server.answerNext({ text: 'Not now' })
    expect(await stage.done(() => ban.unban())).toBe('Not now')
  })

  it('fetchBans and parseBans make bans of a subclass, which is removed like any other', async () => {
    class NotedBan extends Ban<K> {
      readonly note = `${this.id}: ${this.reason}`
    }
    await stage.server.addBan({ target: A, reason: 'spam' })
    const client = await stage.connected()
    const [ban] = await stage.done(() => client.fetchBans({ cls: NotedBan, timeoutMs: 10_000 }))
    expect(ban?.note).toBe(`${A}: spam`)
    expect(ban).toBeInstanceOf(NotedBan)
    const [parsed] = client.parseBans(`GUID Bans:\n0  ${A} perm spam\n`, { cls: NotedBan })
    if (parsed === undefined) throw new Error('the ban is missing')
    expect(parsed.note).toBe(`${A}: spam`)
    expect(await stage.done(() => parsed.unban())).toBe(true)
    expect(await listed()).toEqual([])
  })

  it.each([[null], ['Ban'], [() => ({})]])('refuses %s as the class of bans', async (cls) => {
    const client = await stage.connected()
    const wrong = { cls: cls as unknown as typeof Ban<K> }
    const refusal = { code: 'invalid-argument', argument: 'cls' }
    await expect(stage.done(() => client.fetchBans(wrong))).rejects.toMatchObject(refusal)
    expect(() => client.parseBans('', wrong)).toThrow(expect.objectContaining(refusal))
    expect(await stage.server.commands()).toEqual([])
  })
}
