import pc from 'picocolors'
import { variable } from '../settings/checks.js'

/** The colors for one stream: none where no person looks, or where `NO_COLOR` says so. */
export type Palette = ReturnType<typeof pc.createColors>

export function paletteFor(stream: { readonly isTTY?: boolean }): Palette {
  // The library looks at `NO_COLOR` once, when it is loaded.
  const isWanted = variable('NO_COLOR') === undefined && pc.isColorSupported
  return pc.createColors(stream.isTTY === true && isWanted)
}
