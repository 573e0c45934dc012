import type { DescribedPacket } from '@bercon/core/capture'
import type { Problem } from '@bercon/protocol'

const PROBLEMS: Readonly<Record<Problem, string>> = {
  'too-short': 'too short: the shortest packet has eight bytes',
  'bad-magic': 'does not begin with 42 45, "BE"',
  'bad-checksum': 'the checksum does not match the bytes after it',
  'bad-marker': 'the byte before the type is not ff',
  'unknown-type': 'the type is none of 00, 01 and 02',
  'truncated-packet': 'ends too early',
  'bad-login-answer': 'answers a login neither with 00 nor with 01',
  'bad-part': 'the index of the part is not below the total',
  'trailing-bytes': 'goes on after its end',
}

/** From whom to whom a datagram went, as far as it shows. */
export function directionOf(packets: readonly DescribedPacket[]): string {
  const [packet] = packets
  if (packet?.type === 'malformed') return ''
  if (packets.length > 1) return 'either way'
  return packet?.side === 'server' ? 'server → client' : 'client → server'
}

/** What kind of packet it is, or could be. */
export function kindOf(packets: readonly DescribedPacket[]): string {
  return [...new Set(packets.map(kindOfOne))].join(' or ')
}

function kindOfOne({ type, side, accepted, text, index = 0, total }: DescribedPacket): string {
  if (type === 'login' && side === 'server') return accepted === true ? 'login accepted' : 'login refused'
  if (type === 'command' && text === '') return 'keep-alive'
  if (type === 'response' && text === '') return 'empty response'
  if (type === 'response-part') return `part ${index + 1} of ${total}`
  return type
}

/** What it says, or what is wrong with it. */
export function contentOf({ type, text, passwordBytes, problem, length }: DescribedPacket): string {
  if (problem !== undefined) return `${problem}: ${PROBLEMS[problem]} (${length} bytes)`
  if (type === 'login' && passwordBytes !== undefined)
    return `a password of ${passwordBytes} bytes, not shown`
  return visible(text ?? '')
}

/** Names are hostile: what has no shape, or turns the direction of what follows, is written as its code. */
function visible(text: string): string {
  return text.replace(
    /(?![\n\t])[\p{Cc}\p{Cf}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  )
}
