// @ts-nocheck
import pc from 'picocolors'
import { variable } from '../settings/checks.js'

/** The colors for one stream: none without a terminal, or with `NO_COLOR`. */
export type Palette = ReturnType<typeof pc.createColors>

export function paletteFor(stream: { readonly isTTY?: boolean }): Palette {
  // The library reads `NO_COLOR` once, when it is loaded.
  const isWanted = variable('NO_COLOR') === undefined && pc.isColorSupported
  return pc.createColors(stream.isTTY === true && isWanted)
}
