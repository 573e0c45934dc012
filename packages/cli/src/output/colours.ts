import pc from 'picocolors'

/** The colours for one stream: none where no person looks, or where `NO_COLOR` says so. */
export type Palette = ReturnType<typeof pc.createColors>

export function paletteFor(stream: { readonly isTTY?: boolean }): Palette {
  return pc.createColors(stream.isTTY === true && pc.isColorSupported)
}
