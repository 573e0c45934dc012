import { describe, expect, it } from 'vitest'
import { type Identity, isSamePlayer } from './player-data.js'

const ANN: Identity = { id: 3, name: 'Ann', guid: undefined, ip: '192.0.2.3', port: 2304 }
const A = 'a'.repeat(32)
const B = 'b'.repeat(32)

const unknown = { ip: undefined, port: undefined }

describe('two views of a slot', () => {
  it.each<[title: string, before: Partial<Identity>, after: Partial<Identity>]>([
    ['are equal', {}, {}],
    ['differ in the suffix of the lobby, before', { name: 'Ann (Lobby)' }, {}],
    ['differ in the suffix of the lobby, after', {}, { name: 'Ann (Lobby)' }],
    ['have one GUID and different addresses', { guid: A }, { guid: A, ip: '192.0.2.9', port: 1 }],
    ['have an address before only', {}, unknown],
    ['have an address after only', unknown, {}],
    ['have a GUID before only', { guid: A }, {}],
    ['have a GUID after only', {}, { guid: A }],
  ])('show the same player if they %s', (_title, before, after) => {
    expect(isSamePlayer({ ...ANN, ...before }, { ...ANN, ...after })).toBe(true)
  })

  it.each<[title: string, before: Partial<Identity>, after: Partial<Identity>]>([
    ['are of different slots', {}, { id: 4 }],
    ['have different names', {}, { name: 'Bob' }],
    ['have different names that begin alike', {}, { name: 'Ann (Lobb' }],
    ['have different GUIDs at one address', { guid: A }, { guid: B }],
    ['differ in the IP address alone', {}, { ip: '192.0.2.9' }],
    ['differ in the port alone', {}, { port: 2305 }],
    ['differ in the address, and one has a GUID', { guid: A }, { ip: '192.0.2.9' }],
  ])('show two players if they %s', (_title, before, after) => {
    expect(isSamePlayer({ ...ANN, ...before }, { ...ANN, ...after })).toBe(false)
  })
})
