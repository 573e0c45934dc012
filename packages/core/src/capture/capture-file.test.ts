import { describe, expect, it } from 'vitest'
import { type Frame, readCapture } from './capture-file.js'

const FRAMES = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6, 7, 8), new Uint8Array(0)]

/** A part of a file: numbers as words of 4 or, in an array of one, of 2 bytes; bytes as they are. */
type Piece = number | readonly [number] | Uint8Array

function bytesOf(pieces: readonly Piece[], littleEndian = true): Uint8Array {
  return Uint8Array.from(
    pieces.flatMap((piece) => {
      if (piece instanceof Uint8Array) return [...piece]
      const view = new DataView(new ArrayBuffer(4))
      if (typeof piece === 'number') view.setUint32(0, piece, littleEndian)
      else view.setUint16(0, piece[0], littleEndian)
      return [...new Uint8Array(view.buffer, 0, typeof piece === 'number' ? 4 : 2)]
    }),
  )
}

/** A pcap file whose frames are half a second apart, in `units` a second. */
function pcap(magic: number, units: number, littleEndian: boolean, linkType = 101): Uint8Array {
  const records = FRAMES.flatMap((frame, index) => [
    1_700_000_000 + index,
    units / 2,
    frame.length,
    frame.length,
    frame,
  ])
  return bytesOf([magic, [2], [4], 0, 0, 65_535, linkType, ...records], littleEndian)
}

const padded = (bytes: Uint8Array) => bytesOf([bytes, new Uint8Array((4 - (bytes.length % 4)) % 4)])

function block(type: number, body: readonly Piece[], littleEndian = true): Uint8Array {
  const content = padded(bytesOf(body, littleEndian))
  const length = content.length + 12
  return bytesOf([type, length, content, length], littleEndian)
}

const section = (littleEndian = true) =>
  block(0x0a0d0d0a, [0x1a2b3c4d, [1], [0], 0xffffffff, 0xffffffff], littleEndian)

function network(linkType: number, options: readonly Piece[] = [], littleEndian = true): Uint8Array {
  return block(1, [[linkType], [0], 65_535, ...options], littleEndian)
}

/** A packet at a time in units of its interface. */
function packet(frame: Uint8Array, units: number, network = 0, littleEndian = true): Uint8Array {
  const time = [Math.floor(units / 2 ** 32), units % 2 ** 32]
  return block(6, [network, ...time, frame.length, frame.length, frame], littleEndian)
}

const read = (...pieces: readonly Uint8Array[]): readonly Frame[] => [...readCapture(bytesOf(pieces))]

describe('a file in the format pcap', () => {
  it.each([
    ['microseconds', 0xa1b2c3d4, 1e6, true],
    ['microseconds', 0xa1b2c3d4, 1e6, false],
    ['nanoseconds', 0xa1b23c4d, 1e9, true],
    ['nanoseconds', 0xa1b23c4d, 1e9, false],
  ])('has frames with times in %s (%i, %i), little-endian: %s', (_, magic, units, littleEndian) => {
    expect(read(pcap(magic, units, littleEndian))).toEqual(
      FRAMES.map((bytes, index) => ({ at: 1_700_000_000_500 + index * 1_000, linkType: 101, bytes })),
    )
  })

  it('says beside the kind of link whether frames have a checksum, which is not part of the kind', () => {
    const [frame] = read(pcap(0xa1b2c3d4, 1e6, true, 0x54000001))
    expect(frame?.linkType).toBe(1)
  })

  it('can have no frame', () => {
    expect(read(pcap(0xa1b2c3d4, 1e6, true).slice(0, 24))).toEqual([])
  })
})

describe('a file in the format pcapng', () => {
  it.each([true, false])('has frames of its interfaces, little-endian: %s', (littleEndian) => {
    const file = [
      section(littleEndian),
      network(1, [], littleEndian),
      network(101, [], littleEndian),
      ...FRAMES.map((frame, index) => packet(frame, 1.7e15 + index * 1_500, index % 2, littleEndian)),
    ]
    expect(read(...file)).toEqual(
      FRAMES.map((bytes, index) => ({
        at: 1.7e12 + index * 1.5,
        linkType: index % 2 === 0 ? 1 : 101,
        bytes,
      })),
    )
  })

  it.each<[string, readonly Piece[], number]>([
    ['without a resolution', [], 1e6],
    ['of nanoseconds', [[9], [1], Uint8Array.of(9, 0, 0, 0)], 1e9],
    ['of seconds', [[9], [1], Uint8Array.of(0, 0, 0, 0), [0], [0]], 1],
    ['of 1/1024 s', [[9], [1], Uint8Array.of(0x8a, 0, 0, 0)], 1_024],
    ['after a name of 5 bytes', [[2], [5], padded(Uint8Array.of(9, 9, 9, 9, 9)), [9], [1], 9], 1e9],
    ['after an empty comment', [[1], [0], [9], [1], 9], 1e9],
    ['that is empty', [[9], [0], [2], [4], 9], 1e6],
    ['without the byte that is announced', [[9], [1]], 1e6],
  ])('has times in units of its interface: %s', (_, options, unitsPerSecond) => {
    const [frame] = read(section(), network(101, options), packet(Uint8Array.of(1), 2_048 * unitsPerSecond))
    expect(frame?.at).toBe(2_048_000)
  })

  it('skips other blocks, and blocks that are too short', () => {
    const empty = (type: number) => block(type, [])
    const file = [
      section(),
      empty(5),
      empty(1),
      network(101),
      block(4, [0, 0, 0, 1, 1, Uint8Array.of(1)]),
      empty(6),
      packet(Uint8Array.of(1), 5_000),
      block(
        4,
        Array.from({ length: 20 }, () => 0),
      ),
      block(6, [0, 0, 0, 0]),
    ]
    expect(read(...file)).toEqual([{ at: 5, linkType: 101, bytes: Uint8Array.of(1) }])
  })

  it('skips a packet of an unknown interface, and one that is longer than its block', () => {
    const tooLong = packet(Uint8Array.of(1, 2, 3, 4), 0)
    new DataView(tooLong.buffer).setUint32(20, 5, true)
    const file = [section(), network(101), packet(Uint8Array.of(1), 0, 1), tooLong]
    expect(read(...file, packet(Uint8Array.of(2), 0))).toEqual([
      { at: 0, linkType: 101, bytes: Uint8Array.of(2) },
    ])
  })

  it('has interfaces of their own in each section, which can be in another byte order', () => {
    const file = [
      section(),
      network(1),
      packet(Uint8Array.of(1), 0),
      section(false),
      packet(Uint8Array.of(2), 0, 0, false),
      network(101, [], false),
      packet(Uint8Array.of(3), 0, 0, false),
    ]
    expect(read(...file)).toMatchObject([
      { linkType: 1, bytes: Uint8Array.of(1) },
      { linkType: 101, bytes: Uint8Array.of(3) },
    ])
  })

  it('has no time beyond all dates', () => {
    const [frame] = read(section(), network(101), packet(Uint8Array.of(1), 2 ** 63))
    expect(new Date(frame?.at ?? 0).toISOString()).toBe('+275760-09-13T00:00:00.000Z')
  })

  it('ends at a block without a length', () => {
    expect(read(section(), network(101), bytesOf([5, 0, 0]), packet(Uint8Array.of(1), 0))).toEqual([])
  })
})

it.each([
  ['pcap', pcap(0xa1b2c3d4, 1e6, true)],
  ['pcapng', bytesOf([section(), network(101), ...FRAMES.map((frame) => packet(frame, 0))])],
])('a file that is cut anywhere has the frames before the cut: %s', (_, file) => {
  const whole = [...readCapture(file)]
  const counts: number[] = []
  for (let length = 28; length <= file.length; length++) {
    const frames = [...readCapture(file.slice(0, length))]
    expect(frames).toEqual(whole.slice(0, frames.length))
    counts.push(frames.length)
  }
  expect(counts.at(-1)).toBe(FRAMES.length)
  expect(counts.at(-2)).toBe(FRAMES.length - 1)
  expect(counts).toEqual([...counts].sort((a, b) => a - b))
})

it('a file is read where it is in a larger piece of memory', () => {
  for (const file of [
    pcap(0xa1b2c3d4, 1e6, true),
    bytesOf([section(), network(101), packet(Uint8Array.of(1), 0)]),
  ]) {
    const larger = bytesOf([Uint8Array.of(9, 9, 9), file, Uint8Array.of(9)])
    const inside = larger.subarray(3, -1)
    expect([...readCapture(inside)]).toEqual([...readCapture(file)])
  }
})

it.each([
  ['nothing', new Uint8Array(0)],
  ['less than a word', Uint8Array.of(0xd4, 0xc3)],
  ['a beginning', pcap(0xa1b2c3d4, 1e6, true).slice(0, 23)],
  ['another file', new Uint8Array(100)],
])('a file that is no capture is refused by name: %s', (_, file) => {
  expect(() => [...readCapture(file)]).toThrow(
    expect.objectContaining({
      code: 'invalid-argument',
      argument: 'file',
      expected: 'a capture in the pcap or pcapng format',
      message: 'The file is neither pcap nor pcapng; save the capture in one of these formats',
    }),
  )
})
