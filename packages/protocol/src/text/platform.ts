/** What this package needs of a platform beyond the language, described structurally: it compiles without one. */
interface Decoder {
  decode(bytes: Uint8Array): string
}

/** A decoder that can be given a text in pieces. */
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

/** Throws at the first byte that is not UTF-8; keeps a byte order mark, which in a name is a character like others. */
export const strictUtf8: Decoder = /* @__PURE__ */ new platform.TextDecoder('utf-8', {
  fatal: true,
  ignoreBOM: true,
})

export const utf8: Encoder = /* @__PURE__ */ new platform.TextEncoder()

/** A decoder of another encoding; what it cannot read becomes U+FFFD. @throws for a name that the platform does not know. */
export function newDecoder(encoding: string): StreamDecoder {
  return new platform.TextDecoder(encoding, { fatal: false, ignoreBOM: true })
}
