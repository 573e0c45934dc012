const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const IPV4 = String.raw`(?<![\d])(?:\d{1,3}\.){3}\d{1,3}(?!\d)`
const IPV6 = String.raw`(?<![0-9a-z.]|::)(?:[0-9a-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{1,4}|(?<=::))(?![0-9a-z]|:[0-9a-z:])`
const STEAM_ID = String.raw`(?<!\d)7656119\d{10}(?!\d)`
const GUID_DIGITS = 32

/** What looks like an address, a GUID or another identity; alternatives of a pattern with the flags `iu`. */
export const ID_PATTERNS: readonly string[] = [IPV6, IPV4, UUID, `[0-9a-f]{${GUID_DIGITS},}`, STEAM_ID]

/** A piece of a GUID that is long enough to find its owner. */
export const GUID_PIECE_PATTERN: string = `[0-9a-f]{8,${GUID_DIGITS - 1}}`

const EXACTLY = ID_PATTERNS.map((pattern) => new RegExp(`^(?:${pattern})$`, 'iu'))
const [IS_IPV6, IS_IPV4, IS_UUID, IS_GUID] = EXACTLY as [RegExp, RegExp, RegExp, RegExp, RegExp]

const IPV4_AT_END = new RegExp(`${IPV4}$`, 'u')

/** Invented addresses, GUIDs and identity ids: always the same one in the place of each. */
export class InventedIds {
  readonly #guids = new Map<string, string>()
  readonly #addresses = new Map<string, string>()
  readonly #others = new Map<string, string>()

  /** An invented id of the kind of the original, which is what one of {@link ID_PATTERNS} found. */
  of(original: string): string {
    if (IS_IPV4.test(original)) return this.address(original)
    if (IS_IPV6.test(original))
      return isAddress(original)
        ? this.address(original)
        : original.replace(IPV4_AT_END, (end) => this.address(end))
    const id = original.toLowerCase()
    if (IS_UUID.test(id))
      return kept(this.#others, id, (number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`)
    if (IS_GUID.test(id)) return kept(this.#guids, id, (number) => number.toString(16).padStart(32, 'a'))
    return kept(this.#others, id, (number) => `7656119${String(number).padStart(10, '0')}`)
  }

  /** The same piece of an invented GUID, if a known GUID contains this one. */
  guidPiece(piece: string): string | undefined {
    const digits = piece.toLowerCase()
    for (const [guid, invented] of this.#guids) {
      const at = guid.indexOf(digits)
      if (at >= 0) return invented.slice(at, at + digits.length)
    }
    return undefined
  }

  /** An invented address, of the ranges for benchmarks and for documentation (RFC 2544, RFC 3849). */
  address(address: string): string {
    if (address === '127.0.0.1') return address
    if (!address.includes(':'))
      return kept(this.#addresses, address, (number) => `198.18.${(number >> 8) & 0xff}.${number & 0xff}`)
    const groups = groupsOf(address)
    if (groups === LOOPBACK) return address
    return kept(this.#addresses, groups, (number) => `2001:db8:0:0:0:0:0:${number.toString(16)}`)
  }
}

const LOOPBACK = '0:0:0:0:0:0:0:1'
const GROUPS = 8

/** Not a time of day such as `12:34:56`, and not what programs call `a::b`. */
function isAddress(text: string): boolean {
  return text.split(':').length === GROUPS || (text.includes('::') && /[0-9a-f]{3}/i.test(text))
}

/** The eight groups of an address of IPv6, however it is written, so that it has one invented address. */
function groupsOf(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('::')
  const groups = (text = '') =>
    text === ''
      ? []
      : text.split(':').map((group) => (group.includes('.') ? group : group.replace(/^0+(?=.)/, '')))
  const [before, after] = [groups(head), groups(tail)]
  const zeros = tail === undefined ? 0 : Math.max(0, GROUPS - before.length - after.length)
  return [...before, ...new Array<string>(zeros).fill('0'), ...after].join(':')
}

function kept(known: Map<string, string>, original: string, invent: (number: number) => string): string {
  const before = known.get(original)
  if (before !== undefined) return before
  const invented = invent(known.size + 1)
  known.set(original, invented)
  return invented
}
