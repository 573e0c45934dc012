// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { BanList, createBan } from './ban-list.js'

const GUID = 'a861bcfd187960c163d59666e2fd6798'

describe('createBan', () => {
  it.each(['192.0.2.1', '0.0.0.0', '255.255.255.255'])('accepts %s as an address', (target) => {
    expect(createBan({ target }, 0)).toEqual({ kind: 'ip', target, expiresAt: undefined, reason: '' })
  })

  it.each(['256.0.0.1', '1.2.3', '1.2.3.4.5', '1.2.3.', '3', 'Ann', GUID.slice(1), `${GUID}0`, ''])(
    'bans nobody for %j',
    (target) => {
      expect(createBan({ target }, 0)).toMatchObject({ kind: 'ip', target: '0.0.0.0' })
    },
  )

  it('converts a GUID to lower case and counts the minutes from now', () => {
    expect(createBan({ target: GUID.toUpperCase(), minutes: 2, reason: 'x' }, 1000)).toEqual({
      kind: 'guid',
      target: GUID,
      expiresAt: 121_000,
      reason: 'x',
    })
  })
})

describe('BanList', () => {
  const guidBan = createBan({ target: GUID }, 0)
  const ipBan = createBan({ target: '192.0.2.1', minutes: 1 }, 0)

  it('finds a ban by address or GUID until it expires', () => {
    const bans = new BanList(10)
    bans.add(ipBan)
    bans.add(guidBan)
    expect(bans.find('192.0.2.1', undefined, 0)).toBe(ipBan)
    expect(bans.find('192.0.2.1', undefined, 60_000)).toBeUndefined()
    expect(bans.find('192.0.2.2', GUID, 60_000)).toBe(guidBan)
    expect(bans.find('192.0.2.2', undefined, 0)).toBeUndefined()
  })

  it('refuses a ban without room', () => {
    const bans = new BanList(2)
    expect([bans.add(ipBan), bans.add(guidBan), bans.add(guidBan)]).toEqual([true, true, false])
    expect(bans.guidBans).toHaveLength(1)
  })

  it('removes by the number across both sections', () => {
    const bans = new BanList(10)
    bans.add(ipBan)
    bans.add(guidBan)
    bans.remove(2)
    expect([bans.guidBans.length, bans.ipBans.length]).toEqual([1, 1])
    bans.remove(1)
    expect([bans.guidBans.length, bans.ipBans.length]).toEqual([1, 0])
    bans.remove(0)
    expect([bans.guidBans.length, bans.ipBans.length]).toEqual([0, 0])
  })
})

describe('the reason of a ban', () => {
  it.each([
    ['r'.repeat(64), 'r'.repeat(64)],
    ['r'.repeat(65), 'r'.repeat(64)],
    ['я'.repeat(40), 'я'.repeat(32)],
    [`a${'я'.repeat(40)}`, `a${'я'.repeat(31)}`],
    [`${'r'.repeat(62)}€`, 'r'.repeat(62)],
    [`${'r'.repeat(61)}😀`, 'r'.repeat(61)],
    [`${'r'.repeat(60)}😀x`, `${'r'.repeat(60)}😀`],
  ])('is kept up to 64 bytes, without half a character: %s', (reason, kept) => {
    expect(createBan({ target: '192.0.2.1', reason }, 0).reason).toBe(kept)
  })
})
