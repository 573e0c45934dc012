/** What this package needs of a platform beyond the language. Described structurally, so it compiles without one. */
// @ts-nocheck

interface Decoder {
  decode(bytes: Uint8Array): string
}

/** A decoder that accepts a text in pieces. */
export interface StreamDecoder {
  readonly encoding: string
  decode(bytes?: Uint8Array, options?: { readonly stream: boolean }): string
}

interface Encoder {
  encode(text: string): Uint8Array
  encodeInto(text: string, bytes: Uint8Array): { readonly written: number }
}

interface Platform {
  readonly TextDecoder: new (
    label: string,
    options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
  ) => Decoder & StreamDecoder
  readonly TextEncoder: new () => Encoder
}

const platform = globalThis as unknown as Platform

/** Throws at the first byte that is not UTF-8. Keeps a byte order mark, which is an ordinary character in a name. */
export const strictUtf8: Decoder = /* @__PURE__ */ new platform.TextDecoder('utf-8', {
  fatal: true,
  ignoreBOM: true,
})

export const utf8: Encoder = /* @__PURE__ */ new platform.TextEncoder()

/** A decoder of another encoding; undecodable bytes become U+FFFD. @throws if the platform does not know the name. */
export function newDecoder(encoding: string): StreamDecoder {
  return new platform.TextDecoder(encoding, { fatal: false, ignoreBOM: true })
}
