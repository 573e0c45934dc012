// @ts-nocheck
import { InvalidArgumentError } from '@bercon/core'
import { md5 } from '@noble/hashes/legacy.js'

// Individual accounts of Steam's public universe: 32 bits of account number above this one.
const FIRST_STEAM_ID = 76561197960265728n
const LAST_STEAM_ID = FIRST_STEAM_ID + 0xffff_ffffn

/**
 * Returns the GUID that BattlEye uses for a Steam account: MD5 of `BE` and the SteamID64 as eight bytes, little-endian.
 * It cannot be reversed.
 *
 * @param steamId - the SteamID64 as a text or a `bigint`; a `number` cannot hold one.
 * @throws {@link InvalidArgumentError} unless it is the SteamID64 of a player.
 * @example
 * ```ts
 * import { beGuid } from '@bercon/arma'
 *
 * console.log(beGuid('76561198017965694')) // f8960b9fd7cf711046c1df2ab8d534b2
 * ```
 */
export function beGuid(steamId: string | bigint): string {
  const bytes = new Uint8Array(10)
  bytes.set([0x42, 0x45])
  new DataView(bytes.buffer).setBigUint64(2, checkSteamId(steamId), true)
  return Array.from(md5(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function checkSteamId(steamId: unknown): bigint {
  const id = typeof steamId === 'string' && /^[0-9]{17}$/.test(steamId) ? BigInt(steamId) : steamId
  if (typeof id === 'bigint' && id >= FIRST_STEAM_ID && id <= LAST_STEAM_ID) return id
  const expected = 'a SteamID64 of 17 digits, as a string or a bigint'
  const sentence = 'steamId must be a string or a bigint, because a number cannot hold all 17 digits exactly'
  throw new InvalidArgumentError(
    'steamId',
    steamId,
    expected,
    typeof steamId === 'number' ? sentence : undefined,
  )
}
