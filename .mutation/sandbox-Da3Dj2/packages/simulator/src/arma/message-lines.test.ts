// @ts-nocheck
import { adminLoginLine } from '@bercon/server/kit'
import { describe, expect, it } from 'vitest'
import * as lines from './message-lines.js'

const GUID = 'a861bcfd187960c163d59666e2fd6798'
const KNOWN = { id: 3, name: 'Foo', guid: GUID }

describe('a line of the server', () => {
  it.each([
    [lines.connectedLine(0, 'Ann', '192.0.2.1', 2304), 'Player #0 Ann (192.0.2.1:2304) connected'],
    [lines.connectedLine(0, 'Ann', '2001:db8::1', 2304), 'Player #0 Ann ([2001:db8::1]:2304) connected'],
    [lines.guidLine('BE GUID', 1, 'Ann ', GUID), `Player #1 Ann  - BE GUID: ${GUID}`],
    [lines.guidLine('GUID', 1, 'Ann', GUID), `Player #1 Ann - GUID: ${GUID}`],
    [lines.guidLine('GUID (unverified)', 1, 'Ann', GUID), `Player #1 Ann - GUID: ${GUID} (unverified)`],
    [lines.verifiedLine(7, 'Ann', GUID), `Verified GUID (${GUID}) of player #7 Ann`],
    [lines.legacyGuidLine(7, 'Ann', GUID), `Player #7 Ann - Legacy GUID: ${GUID}`],
    [lines.disconnectedLine(1717, ''), 'Player #1717  disconnected'],
    [
      lines.kickedLine(KNOWN, 'Admin Kick'),
      `Player #3 Foo (${GUID}) has been kicked by BattlEye: Admin Kick`,
    ],
    [
      lines.kickedLine({ ...KNOWN, guid: undefined }, 'Admin Kick'),
      'Player #3 Foo (-) has been kicked by BattlEye: Admin Kick',
    ],
    [lines.adminReason('Kick', ''), 'Admin Kick'],
    [lines.adminReason('Ban', 'afk (again)'), 'Admin Ban (afk (again))'],
    [lines.chatLine('Side', 'Ann', ''), '(Side) Ann: '],
    [lines.filterLogLine('Script', KNOWN, 2, '"x"\ny'), `Script Log: #3 Foo (${GUID}) - #2 "x"\ny`],
    [lines.filterLogLine('Script', { ...KNOWN, guid: undefined }, 0, 'x'), 'Script Log: #3 Foo (-) - #0 x'],
    [adminLoginLine(4, '192.0.2.1', 50960), 'RCon admin #4 (192.0.2.1:50960) logged in'],
    [lines.announcementLine(0, 'hi'), 'RCon admin #0: (Global) hi'],
    [lines.whisperLine(1, 'MM Leon', ''), 'RCon admin #1: (To MM Leon) '],
  ])('%# is exact to the byte', (line, expected) => {
    expect(line).toBe(expected)
  })
})
